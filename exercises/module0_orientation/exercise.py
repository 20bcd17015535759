# %% [markdown]
# # Module 0: Orientation
#
# Everything in this workshop begins with four questions: who am I, where do I work, what does my workplace stand on,
# and who may do what in it. Read `README.md` beside this file first; then fill in the TODOs from top to bottom and
# run `workshop check module0` as often as you like.

# %%
from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path

from azure.ai.ml import MLClient
from azure.ai.ml.entities import Workspace
from azure.ai.ml.exceptions import ValidationException
from azure.core.credentials import TokenCredential
from azure.core.exceptions import ClientAuthenticationError, ResourceExistsError, ResourceNotFoundError
from azure.identity import ClientSecretCredential, ManagedIdentityCredential
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient

SCOPE = "https://management.azure.com/.default"

# %% [markdown]
# ## 0.1 Sign in with what the environment offers
#
# The same code runs on your machine, in a pipeline and on a compute cluster. What differs is what the environment
# offers: a service principal here, the machine's own managed identity there. Code that chooses holds no secret.


# %%
def make_credential(environment: Mapping[str, str]) -> TokenCredential:
    """A credential for what `environment` offers."""
    # TODO 0.1 Choose the credential by the environment.
    #   A service principal when AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are all there and not
    #   empty; otherwise the machine's managed identity. AZURE_CLIENT_ID without a secret names which one.
    #   Look at `environment` only, not at os.environ.
    raise NotImplementedError("TODO 0.1: Choose the credential by the environment.")
    # END TODO


def why_not(credential: TokenCredential) -> str:
    """Why `credential` cannot sign in to Azure, in one line; empty when it can."""
    # TODO 0.1 Ask for a token, and turn the refusal into one line.
    #   Keep Entra's AADSTS number in it: that is what people search for. No traceback.
    raise NotImplementedError("TODO 0.1: Ask for a token, and turn the refusal into one line.")
    # END TODO


# %% [markdown]
# ## 0.2 Get or create a workspace, and remember it
#
# Set-up code runs more than once: on the second day, on a second machine, after a crash. So it asks before it
# creates. And it leaves a `config.json` behind, so that later code need not repeat three names.


# %%
def get_or_create_workspace(client: MLClient, name: str, location: str, tags: Mapping[str, str]) -> Workspace:
    """The workspace called `name` in the client's resource group, created in `location` when it is not there."""
    # TODO 0.2 Get the workspace, or create it with its tags.
    #   An existing workspace is returned as it is. Only "not found" leads to a new one.
    raise NotImplementedError("TODO 0.2: Get the workspace, or create it with its tags.")
    # END TODO


def write_config(client: MLClient, workspace_name: str, folder: Path) -> Path:
    """Write `folder`/config.json for the workspace, and return its path."""
    # TODO 0.2 Write the three names that MLClient.from_config reads.
    #   subscription_id, resource_group and workspace_name; nothing secret. The folder may not be there yet.
    raise NotImplementedError("TODO 0.2: Write the three names that MLClient.from_config reads.")
    # END TODO


def connect(credential: TokenCredential, folder: Path) -> MLClient:
    """A client for the workspace that the nearest config.json names, in `folder` or further up."""
    # TODO 0.2 Find config.json and connect with it.
    #   When there is none all the way up, raise FileNotFoundError with a message that names `folder`.
    raise NotImplementedError("TODO 0.2: Find config.json and connect with it.")
    # END TODO


# %% [markdown]
# ## 0.3 List what a workspace stands on
#
# A workspace is a small thing that leans on others: blobs in a storage account, secrets in a key vault, telemetry
# in Application Insights (which itself writes to a Log Analytics workspace), images in a container registry. When
# something is slow, forbidden or expensive, it is usually one of these five.


# %%
def dependent_resources(
    client: MLClient, resources: ResourceManagementClient, name: str
) -> dict[str, str | None]:
    """The ids of what the workspace `name` stands on, by kind; None for what it does not have."""
    # TODO 0.3 Find the five dependent resources.
    #   Keys: storage_account, key_vault, application_insights, log_analytics, container_registry.
    #   `resources.resources.get_by_id(id, api_version)` reads any resource of Azure.
    raise NotImplementedError("TODO 0.3: Find the five dependent resources.")
    # END TODO


# %% [markdown]
# ## 0.4 Give each person the least role that does
#
# | who | must be able to | must not |
# |---|---|---|
# | `data_scientist` | run jobs, register models and data in this workspace | make compute, change the workspace |
# | `operator` | make, start, stop and delete compute in this workspace | touch jobs, models or the workspace itself |
# | `auditor` | look at everything in this workspace | change anything |
#
# None of them gets anything outside this workspace.


# %%
def assign_roles(
    authorization: AuthorizationManagementClient, workspace_id: str, people: Mapping[str, str]
) -> None:
    """Give people their roles. `people` maps who, one or more of those in the table, to an object id."""
    # TODO 0.4 Assign the built-in role that fits, at the right scope.
    #   Running it twice must work. Find role ids by name: nobody remembers GUIDs.
    raise NotImplementedError("TODO 0.4: Assign the built-in role that fits, at the right scope.")
    # END TODO

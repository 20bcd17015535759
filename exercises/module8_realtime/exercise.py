# %% [markdown]
# # Module 8: Real-time
#
# A model is worth something when others can ask it. An *endpoint* is the address they ask, a *deployment* is a model
# with a script and a machine behind it. Read `README.md` beside this file first.

# %%
from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import requests
from azure.ai.ml import MLClient
from azure.ai.ml.entities import CodeConfiguration, ManagedOnlineDeployment, ManagedOnlineEndpoint
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

# %% [markdown]
# ## 8.1 The scoring script
#
# Open `score.py` beside this file. Its parts are marked there.

# %% [markdown]
# ## 8.3 Blue, green, and back
#
# A new model starts beside the old one and is asked in private before anybody else's request reaches it. Then it gets
# a tenth of the traffic. If it answers badly, everything goes to the old one, and nobody has noticed.


# %%
def add_deployment(
    client: MLClient, endpoint: str, name: str, model: str, code: Path, environment: str
) -> None:
    """A deployment of the model with `code`/score.py, on one Standard_DS3_v2; it gets no traffic yet."""
    # TODO 8.3 Create the endpoint when it is not there, with keys, and then the deployment.
    #   An endpoint that is there stays as it is. Wait until the deployment is ready.
    raise NotImplementedError("TODO 8.3: Create the endpoint when it is not there, with keys, and then the deployment.")
    # END TODO


def set_traffic(client: MLClient, endpoint: str, shares: Mapping[str, int]) -> None:
    """From now on the endpoint's requests go to its deployments in these shares of a hundred."""
    # TODO 8.3 Change the endpoint's traffic, and wait until that is done.
    raise NotImplementedError("TODO 8.3: Change the endpoint's traffic, and wait until that is done.")
    # END TODO


def release(
    client: MLClient, endpoint: str, old: str, new: str, request: Path, expected: Sequence[str]
) -> bool:
    """Whether the new deployment is good: then it gets 10 percent, otherwise the old one gets everything."""
    # TODO 8.3 Ask the new deployment by its name, and set the traffic by what it answers.
    #   `request` is a file that holds a request. Good is an answer whose "predictions" are the expected ones; every
    #   other answer is bad, and so is a deployment that fails.
    raise NotImplementedError("TODO 8.3: Ask the new deployment by its name, and set the traffic by what it answers.")
    # END TODO


# %% [markdown]
# ## 8.4 A client that keeps its patience
#
# Services are busy for a moment, connections break. A good client tries again, more slowly each time, and gives up in
# the end. And it knows when trying again is of no use: a wrong key stays wrong.


# %%
def ask(
    url: str,
    key: str,
    rows: Sequence[Sequence[float]],
    attempts: int = 4,
    pause: Callable[[float], None] = time.sleep,
) -> list[str]:
    """The predictions for the rows, from the endpoint at `url`."""
    # TODO 8.4 Post {"data": rows} with the key, with a timeout of ten seconds, and again where that makes sense.
    #   Again: for the status 429, 502, 503 and 504, and when the connection breaks or times out. Before the second
    #   attempt pause(1), then pause(2), pause(4) and so on, or what the header Retry-After says; `attempts` in all.
    #   Any other status of 400 and more, and the last failure, is the error that requests makes of it. An answer with
    #   "error" in it is a ValueError that holds its text.
    raise NotImplementedError("TODO 8.4: Post {\"data\": rows} with the key, with a timeout of ten seconds, and again where that makes sense.")
    # END TODO


# %% [markdown]
# ## 8.6 Clean up
#
# A deployment costs money by the hour, asked or not. So do an instance that runs and a cluster that keeps a node ready.
# Models, data and what the workspace knows about its runs cost next to nothing, and are hard to get back.


# %%
def clean_up(client: MLClient) -> None:
    """Nothing in the workspace costs money by the hour any more, and everything that was learnt is still there."""
    # TODO 8.6 Delete the online endpoints, stop the instances, let the clusters shrink to nothing.
    #   Clusters and instances stay, for the next day. Wait for all of it.
    raise NotImplementedError("TODO 8.6: Delete the online endpoints, stop the instances, let the clusters shrink to nothing.")
    # END TODO

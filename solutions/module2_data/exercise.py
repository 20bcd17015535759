# %% [markdown]
# # Module 2: Data
#
# Data outlives every model that is trained on it. In this module you say where it is, bring it into a lake, give it
# names and versions, look at it and clean it, let it go when it is old, and keep the keys out of all of that. Read
# `README.md` beside this file first; then fill in the TODOs from top to bottom and run `workshop check module2` as
# often as you like. `diabetes-raw.csv` is a small table to try things on; the check brings others of its own.

# %%
from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from azure.ai.ml import MLClient
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AzureBlobDatastore,
    AzureDataLakeGen2Datastore,
    Data,
    Datastore,
)
from azure.ai.ml.exceptions import MlException
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.keyvault.secrets import SecretClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.storage.blob import ContainerClient
from azure.storage.filedatalake import FileSystemClient
from sklearn.preprocessing import MinMaxScaler

log = logging.getLogger("workshop.data")

# %% [markdown]
# ## 2.1 Say where the data is
#
# A datastore is a name for a place in storage, and a way to get in. Best is no secret at all: whoever asks is let in
# by a role of their own. Where an old system insists on the account's key, the key comes from outside the code.


# %%
def register_blob(client: MLClient, name: str, account: str, container: str) -> Datastore:
    """A datastore for a blob container, without a credential."""
    # TODO 2.1 Register the container.
    #   No credential: access goes by the identity of whoever uses the datastore.
    store = AzureBlobDatastore(name=name, account_name=account, container_name=container)
    return client.datastores.create_or_update(store)
    # END TODO


def register_lake(client: MLClient, name: str, account: str, filesystem: str) -> Datastore:
    """A datastore for a file system of Data Lake Storage Gen2, without a credential."""
    # TODO 2.1 Register the file system.
    #   As a data lake, not as a blob container: only then do its folders have permissions of their own.
    store = AzureDataLakeGen2Datastore(name=name, account_name=account, filesystem=filesystem)
    return client.datastores.create_or_update(store)
    # END TODO


def register_with_key(
    client: MLClient, name: str, account: str, container: str, environment: Mapping[str, str]
) -> Datastore:
    """A datastore for a blob container, with the account's key that `environment` holds."""
    # TODO 2.1 Register the container with the account's key.
    #   The key is in STORAGE_ACCOUNT_KEY of `environment`. It belongs into the datastore's credential and nowhere
    #   else: anybody may read a description, a tag or a log. When the key was changed, running this again mends it.
    store = AzureBlobDatastore(
        name=name,
        account_name=account,
        container_name=container,
        credentials=AccountKeyConfiguration(account_key=environment["STORAGE_ACCOUNT_KEY"]),
    )
    return client.datastores.create_or_update(store)
    # END TODO


# %% [markdown]
# ## 2.2 Bring files into the lake
#
# A lake has zones: `0-raw` holds what came in, byte for byte; `1-bronze`, `2-silver` and `3-gold` hold what was made
# of it. Nothing is ever edited in raw: it is what you come back to when a cleaning step turns out to be wrong.


# %%
def upload_raw(lake: FileSystemClient, folder: Path, user: str) -> list[str]:
    """Upload everything below `folder` into the raw zone; the lake's paths of what was uploaded, sorted."""
    # TODO 2.2 Upload the files into 0-raw/diabetes/<user>/, with the sub-folders that they have below `folder`.
    #   Byte for byte. Running it again brings the lake up to date; what others have in the lake stays as it is.
    uploaded = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = f"0-raw/diabetes/{user}/{file.relative_to(folder).as_posix()}"
            lake.get_file_client(path).upload_data(file.read_bytes(), overwrite=True)
            uploaded.append(path)
    return sorted(uploaded)
    # END TODO


# %% [markdown]
# ## 2.3 Give data a name and versions
#
# A data asset is a name with versions, and each version points to one place. There are three kinds: `uri_file` (one
# file), `uri_folder` (all of a folder) and `mltable` (a folder with a file called `MLTable` that says how its files
# are read as one table). A version never changes: a job that names `patients:3` means the same data next year.


# %%
def register_uri(client: MLClient, name: str, uri: str) -> Data:
    """The version of the data asset `name` that points to `uri`, made when the newest one does not."""
    # TODO 2.3 Register the URI as the next version, unless the newest version points to it already.
    #   A URI that ends in "/" is a folder, any other a file. Older versions stay. The first version makes the asset.
    try:
        newest = client.data.get(name, label="latest")
    except MlException:
        newest = None
    if newest is not None and newest.path == uri:
        return newest
    kind = AssetTypes.URI_FOLDER if uri.endswith("/") else AssetTypes.URI_FILE
    return client.data.create_or_update(Data(name=name, path=uri, type=kind))
    # END TODO


def register_table(client: MLClient, name: str, folder: Path, delimiter: str) -> Data:
    """Register the CSV files of `folder` as one table: the next version of the mltable asset `name`."""
    # TODO 2.3 Write the folder's MLTable file, and register the folder.
    #   All *.csv files right in the folder make one table. Each begins with a header; `delimiter` parts the columns.
    lines = [
        "paths:",
        "  - pattern: ./*.csv",
        "transformations:",
        "  - read_delimited:",
        f"      delimiter: '{delimiter}'",
        "      header: all_files_same_headers",
    ]
    (folder / "MLTable").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return client.data.create_or_update(Data(name=name, path=str(folder), type=AssetTypes.MLTABLE))
    # END TODO


def newest_path(client: MLClient, name: str) -> str:
    """Where the newest version of the data asset points to."""
    # TODO 2.3 Ask for the newest version.
    #   Versions are texts: "10" is newer than "9".
    return client.data.get(name, label="latest").path
    # END TODO


# %% [markdown]
# ## 2.4 Look at the data, and clean it
#
# The raw table looks whole at its head and at its tail. It is not. Profile first, then drop what has holes, then
# bring the measures to one scale. What a scaler learns it may learn from the training rows only: the test rows stand
# for patients that nobody has seen yet.

# %%
SCALED = (
    "Pregnancies",
    "PlasmaGlucose",
    "DiastolicBloodPressure",
    "TricepsThickness",
    "SerumInsulin",
    "BMI",
    "DiabetesPedigree",
)


def profile(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """For each column: how many `nulls` it has, and the `min`, `mean` and `max` of its other values."""
    # TODO 2.4 Profile every column.
    #   Plain numbers, as in {"Age": {"nulls": 3, "min": 21, "mean": 30.1, "max": 77}}.
    return {
        column: {
            "nulls": int(values.isna().sum()),
            "min": float(values.min()),
            "mean": float(values.mean()),
            "max": float(values.max()),
        }
        for column, values in table.items()
    }
    # END TODO


def clean(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a value in every column; `table` itself stays as it is."""
    # TODO 2.4 Drop the rows with holes.
    #   A hole may be in any column. Nothing else changes: no value, no column, not the order of the rows.
    return table.dropna()
    # END TODO


def scale(train: pd.DataFrame, test: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with the columns of SCALED brought to the range that the training rows span: 0 to 1."""
    # TODO 2.4 Scale the seven columns of SCALED; Age, PatientID and Diabetic stay as they are.
    #   Learn from `train` alone. Test rows may come to lie outside of 0 to 1. `train` and `test` themselves stay.
    columns = list(SCALED)
    scaler = MinMaxScaler().fit(train[columns])
    scaled = []
    for table in (train, test):
        table = table.astype(dict.fromkeys(columns, float))
        table[columns] = scaler.transform(table[columns])
        scaled.append(table)
    return scaled[0], scaled[1]
    # END TODO


# %% [markdown]
# ## 2.5 Let old data go
#
# Hot storage costs twice as much as cool storage, and data about patients must not be kept for ever. A lifecycle
# policy moves and deletes blobs by their age, once a day, without anybody thinking of it. An account has one policy
# with many rules, and writing it replaces all of it.

# %%
STORAGE_API = "2023-05-01"


def set_retention(resources: ResourceManagementClient, account_id: str, container: str, folder: str) -> None:
    """Blobs below `folder` of `container` become Cool 30 days after they were last changed, and go after 365."""
    # TODO 2.5 Add a rule to the account's lifecycle policy.
    #   Rules that others made stay; running it twice leaves one rule of yours. `folder` is like "0-raw/diabetes".
    #   `resources.resources` reads (get_by_id) and writes (begin_create_or_update_by_id) any resource; the policy is
    #   the account's managementPolicies/default.
    policy_id = f"{account_id}/managementPolicies/default"
    name = f"retention-{container}-{folder}".replace("/", "-")
    try:
        rules = resources.resources.get_by_id(policy_id, STORAGE_API).properties["policy"]["rules"]
    except ResourceNotFoundError:
        rules = []
    mine = {
        "name": name,
        "enabled": True,
        "type": "Lifecycle",
        "definition": {
            "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [f"{container}/{folder}/"]},
            "actions": {
                "baseBlob": {
                    "tierToCool": {"daysAfterModificationGreaterThan": 30},
                    "delete": {"daysAfterModificationGreaterThan": 365},
                }
            },
        },
    }
    kept = [rule for rule in rules if rule["name"] != name]
    policy = {"properties": {"policy": {"rules": [*kept, mine]}}}
    resources.resources.begin_create_or_update_by_id(policy_id, STORAGE_API, policy).result()
    # END TODO


# %% [markdown]
# ## 2.6 Use a secret, and keep it
#
# The hospital wants every report signed with a key that the two of you share. The key is in a key vault. It is read
# when it is needed, used, and forgotten: it is in no file, no log, no environment variable and no error message.


# %%
def sign(vault: SecretClient, secret: str, report: bytes) -> str:
    """The report's HMAC-SHA256 under the secret's newest value (as UTF-8), in hexadecimal."""
    # TODO 2.6 Read the secret, and sign.
    #   A secret that is not there: raise LookupError. One that may not be read now, because it is disabled or because
    #   no role allows it: raise PermissionError. Either message names the secret.
    try:
        key = vault.get_secret(secret).value or ""
    except ResourceNotFoundError as error:
        raise LookupError(f"There is no secret '{secret}' in {vault.vault_url}.") from error
    except HttpResponseError as error:
        if error.status_code != 403:
            raise
        raise PermissionError(f"The secret '{secret}' may not be read now: {error.message}") from error
    return hmac.new(key.encode(), report, hashlib.sha256).hexdigest()
    # END TODO


def publish(vault: SecretClient, secret: str, report: bytes, container: ContainerClient, name: str) -> None:
    """Upload the report as `name` and its signature as `name`.sig, and log that it was done."""
    # TODO 2.6 Sign, upload both, and log one line at level INFO that names the report.
    #   The secret's value is in none of them. Publishing the same name again replaces both.
    signature = sign(vault, secret, report)
    container.upload_blob(name, report, overwrite=True)
    container.upload_blob(f"{name}.sig", signature, overwrite=True)
    log.info("Published %s, signed with the secret '%s'.", name, secret)
    # END TODO

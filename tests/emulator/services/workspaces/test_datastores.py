"""Datastores: the built-in ones, kinds and credentials, one default, secrets apart."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from course_runtime.emulator import Cloud
from course_runtime.emulator.cloud import Cloud as CloudModel
from course_runtime.emulator.personal import add_workspace

from ..ml import Workspace

KEY = {"credentialsType": "AccountKey", "secrets": {"secretsType": "AccountKey", "key": "c2VjcmV0"}}
BLOB = {"datastoreType": "AzureBlob", "accountName": "acct", "containerName": "raw", "credentials": KEY}


def test_a_workspace_has_its_four_datastores(client: Any, workspace: Workspace) -> None:
    assert [one.name for one in client.datastores.list()] == [
        "workspaceblobstore",
        "workspaceartifactstore",
        "workspacefilestore",
        "workspaceworkingdirectory",
    ]
    default = client.datastores.get_default()
    identifier = workspace.cloud.request("GET", workspace.id).body["properties"]["workspaceId"]
    assert (default.name, default.container_name) == ("workspaceblobstore", f"azureml-blobstore-{identifier}")
    assert client.datastores.get("workspaceartifactstore").container_name == "azureml"


def test_sdk_registers_a_lake_with_a_service_principal(client: Any) -> None:
    from azure.ai.ml.entities import AzureDataLakeGen2Datastore, ServicePrincipalConfiguration

    principal = ServicePrincipalConfiguration(tenant_id="t", client_id="c", client_secret="hush")
    client.datastores.create_or_update(
        AzureDataLakeGen2Datastore(
            name="lake", account_name="acct", filesystem="bronze", credentials=principal
        )
    )
    found = client.datastores.get("lake", include_secrets=True)
    assert (found.filesystem, found.credentials.client_id, found.credentials.client_secret) == (
        "bronze",
        "c",
        "hush",
    )
    assert client.datastores.get("lake").credentials.client_secret is None


def test_get_and_list_never_show_secrets(workspace: Workspace) -> None:
    workspace.put("datastores/raw", BLOB)
    answers = [workspace.get("datastores/raw"), workspace.get("datastores")]
    assert "c2VjcmV0" not in str(answers) and "'key'" not in str(answers)
    assert workspace.call("POST", "datastores/raw/listSecrets").body == {
        "secretsType": "AccountKey",
        "key": "c2VjcmV0",
    }


def test_an_update_without_secrets_keeps_them(workspace: Workspace) -> None:
    workspace.put("datastores/raw", BLOB)
    workspace.put(
        "datastores/raw", BLOB | {"description": "new", "credentials": {"credentialsType": "AccountKey"}}
    )
    assert workspace.call("POST", "datastores/raw/listSecrets").body["key"] == "c2VjcmV0"


def test_secrets_of_an_earlier_kind_are_forgotten(workspace: Workspace) -> None:
    workspace.put("datastores/raw", BLOB)
    sas = {"credentialsType": "Sas", "secrets": {"secretsType": "Sas", "sasToken": "sig"}}
    workspace.put("datastores/raw", BLOB | {"credentials": sas})
    assert (
        workspace.refusal("PUT", "datastores/raw", BLOB | {"credentials": {"credentialsType": "AccountKey"}})[
            0
        ]
        == 400
    )


def test_replaced_secrets_are_not_kept(model: CloudModel) -> None:
    model.add_group("rg")
    datastore = f"{add_workspace(model, 'rg', 'ws', 'eastus')}/datastores/raw"
    sas = {"credentialsType": "Sas", "secrets": {"sasToken": "sig"}}
    for credentials in (KEY, sas):
        stored = model.write(datastore, copy.deepcopy({"properties": BLOB | {"credentials": credentials}}))
    assert "c2VjcmV0" not in str(stored.secrets) and stored.secrets["sasToken"] == "sig"


def test_built_in_secrets_follow_the_account_key(workspace: Workspace) -> None:
    before = workspace.call("POST", "datastores/workspaceblobstore/listSecrets").body["key"]
    account = workspace.cloud.request("GET", workspace.id).body["properties"]["storageAccount"]
    workspace.cloud.request("POST", f"{account}/regenerateKey", {"keyName": "key1"})
    assert workspace.call("POST", "datastores/workspaceblobstore/listSecrets").body["key"] != before


def test_no_credentials_no_secrets(workspace: Workspace) -> None:
    workspace.put("datastores/open", BLOB | {"credentials": {"credentialsType": "None"}})
    status, _, message = workspace.refusal("POST", "datastores/open/listSecrets")
    assert status == 400 and "keeps no secrets" in message


def test_there_is_one_default(workspace: Workspace) -> None:
    workspace.put("datastores/raw", BLOB | {"isDefault": True})
    assert workspace.names("datastores?isDefault=true") == ["raw"]


@pytest.mark.parametrize("name", ["workspaceblobstore", "workspaceartifactstore"])
def test_built_in_datastores_cannot_be_deleted(workspace: Workspace, name: str) -> None:
    status, _, message = workspace.refusal("DELETE", f"datastores/{name}")
    assert status == 400 and f"'{name}' cannot be deleted" in message


def test_deleting_the_workspace_or_its_group_takes_them_along(workspace: Workspace) -> None:
    assert workspace.cloud.request("DELETE", workspace.id.split("/providers/")[0]).status in (200, 202)
    assert workspace.cloud.request("GET", workspace.id).status == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"datastoreType": "Floppy"}, "'Floppy' is not a datastore type"),
        ({"containerName": None}, "'containerName' is required"),
        ({"credentials": {"credentialsType": "AccountKey"}}, "'credentials.secrets.key' is required"),
        ({"datastoreType": "AzureFile", "fileShareName": "f", "credentials": None}, "'None' is not a credential type"),
    ],
)  # fmt: skip
def test_incomplete_ones_are_refused_in_words(
    workspace: Workspace, changes: dict[str, Any], said: str
) -> None:
    status, _, message = workspace.refusal("PUT", "datastores/raw", BLOB | changes)
    assert status == 400 and said in message


def test_a_reader_sees_datastores_but_not_their_secrets(new_cloud: Any) -> None:
    cloud: Cloud = new_cloud("Reader")
    workspace = Workspace(cloud, cloud.add_workspace("rg", "ws"), cloud.token(cloud.access.object_id))
    assert workspace.call("GET", "datastores/workspaceblobstore").status == 200
    status, _, message = workspace.refusal("POST", "datastores/workspaceblobstore/listSecrets")
    assert status == 403 and "workspaces/datastores/listSecrets/action" in message


def test_an_unknown_datastore_is_refused_with_those_that_are_there(workspace: Workspace) -> None:
    status, _, message = workspace.refusal("GET", "datastores/nope")
    assert status == 404 and "'nope'" in message and "'workspaceblobstore'" in message

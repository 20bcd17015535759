"""An asset goes from a workspace to a registry, and its files with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..ml import Workspace, registry_client


@pytest.fixture
def registry(client: Any) -> Any:
    from azure.ai.ml.entities import Registry, RegistryRegionDetails

    region = RegistryRegionDetails(location="eastus")
    client.registries.begin_create(
        Registry(name="shared", location="eastus", replication_locations=[region])
    ).result()
    return registry_client("shared")


def test_sdk_shares_a_model_and_downloads_it_from_the_registry(
    client: Any, registry: Any, tmp_path: Path
) -> None:
    from azure.ai.ml.entities import Model

    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights.txt").write_text("42")
    client.models.create_or_update(Model(name="m", version="1", path=str(tmp_path / "model")))
    client.models.share("m", "1", share_with_name="m", share_with_version="7", registry_name="shared")
    found = registry.models.get("m", "7")
    assert found.id == "azureml://registries/shared/models/m/versions/7"
    registry.models.download("m", "7", download_path=str(tmp_path / "down"))
    assert next((tmp_path / "down").rglob("weights.txt")).read_text() == "42"


def test_sdk_registers_and_lists_in_a_registry(registry: Any) -> None:
    from azure.ai.ml.entities import Environment

    made = registry.environments.create_or_update(Environment(name="e", version="1", image="img"))
    assert made.id == "azureml://registries/shared/environments/e/versions/1"
    assert [one.name for one in registry.environments.list()] == ["e"]


def test_what_is_not_there_cannot_be_shared(workspace: Workspace) -> None:
    path = f"{workspace.id.split('/workspaces/')[0]}/registries/shared"
    workspace.cloud.request("PUT", path, {"location": "eastus"})
    body = {"properties": {"sourceAssetId": f"{workspace.id}/models/nope/versions/1"}}
    answer = workspace.cloud.request("POST", f"{path}/import", body)
    assert answer.status == 404 and "nope" in answer.body["error"]["message"]

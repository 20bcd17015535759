from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator import Cloud

from ..ml import Workspace

DAY = 24 * 3600.0
FOLDER = {"dataType": "uri_folder", "dataUri": "azureml://datastores/workspaceblobstore/paths/raw"}


def test_sdk_uploads_a_file_and_finds_it_again(client: Any, tmp_path: Path) -> None:
    from azure.ai.ml.entities import Data

    (tmp_path / "pets.csv").write_text("name,legs\nowl,2\n")
    made = client.data.create_or_update(Data(name="pets", path=str(tmp_path / "pets.csv"), type="uri_file"))
    assert (made.version, made.type) == ("1", "uri_file")
    again = client.data.create_or_update(Data(name="pets", path=str(tmp_path / "pets.csv"), type="uri_file"))
    assert (again.version, client.data.get("pets", label="latest").version) == ("2", "2")
    assert again.path.endswith("/pets.csv")


def test_the_uploaded_bytes_are_in_the_default_datastore(
    client: Any, signed_in: Cloud, tmp_path: Path
) -> None:
    from azure.ai.ml.entities import Data

    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("hello")
    made = client.data.create_or_update(Data(name="texts", path=str(tmp_path / "folder"), type="uri_folder"))
    default = client.datastores.get_default()
    blob = made.path.split("/paths/")[1] + "a.txt"
    host = f"{default.account_name}.blob.core.windows.net"
    assert signed_in.request("GET", f"/{default.container_name}/{blob}", host=host).body == b"hello"


def test_short_uris_are_written_out_and_folders_end_in_a_slash(workspace: Workspace) -> None:
    uri = workspace.put("data/d/versions/1", FOLDER)["properties"]["dataUri"]
    assert uri.startswith("azureml://subscriptions/") and uri.endswith(
        "/workspaces/ws/datastores/workspaceblobstore/paths/raw/"
    )
    workspace.put("data/d/versions/1", FOLDER)


def test_all_versions_are_of_one_type(workspace: Workspace) -> None:
    workspace.put("data/d/versions/1", FOLDER)
    _, _, message = workspace.refusal(
        "PUT", "data/d/versions/2", {"dataType": "uri_file", "dataUri": "https://x/y.csv"}
    )
    assert "'uri_folder'" in message and "'uri_file'" in message


def test_old_versions_delete_themselves(workspace: Workspace) -> None:
    setting = {"condition": "createdGreaterThan", "value": "30d"}
    workspace.put("data/d/versions/1", FOLDER | {"autoDeleteSetting": setting})
    workspace.put("data/d/versions/2", FOLDER)
    workspace.cloud.advance(29 * DAY)
    assert workspace.names("data/d/versions") == ["2", "1"]
    workspace.cloud.advance(2 * DAY)
    assert workspace.names("data/d/versions") == ["2"]


def test_a_setting_that_was_taken_back_deletes_nothing(workspace: Workspace) -> None:
    setting = {"condition": "createdGreaterThan", "value": "30d"}
    workspace.put("data/d/versions/1", FOLDER | {"autoDeleteSetting": setting})
    workspace.put("data/d/versions/1", FOLDER)
    workspace.cloud.advance(31 * DAY)
    assert workspace.names("data/d/versions") == ["1"]


@pytest.mark.parametrize(
    "changes",
    [
        {"dataType": "uri_planet"},
        {"dataUri": ""},
        {"autoDeleteSetting": {"condition": "sometimes", "value": "30d"}},
    ],
)
def test_wrong_ones_are_refused(workspace: Workspace, changes: dict[str, Any]) -> None:
    assert workspace.refusal("PUT", "data/d/versions/1", FOLDER | changes)[0] == 400

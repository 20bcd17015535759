"""What all versioned assets share: versions, labels, archive, immutability, lists. Models stand for all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.workspaces.assets import following, latest
from course_runtime.emulator.store.resources import Stored

from ..ml import Workspace


def add(workspace: Workspace, version: str, **changes: Any) -> dict[str, Any]:
    return workspace.put(f"models/m/versions/{version}", {"modelUri": "https://x/y", **changes})


def test_the_first_version_brings_its_container(workspace: Workspace) -> None:
    add(workspace, "1")
    container = workspace.get("models/m")["properties"]
    assert (container["latestVersion"], container["nextVersion"]) == ("1", "2")


def test_latest_is_the_one_created_last(workspace: Workspace) -> None:
    for version in ("2", "10", "1", "alpha"):
        add(workspace, version)
    container = workspace.get("models/m")["properties"]
    assert (container["latestVersion"], container["nextVersion"]) == ("alpha", "11")
    assert workspace.names("models/m/versions?$orderBy=createdtime desc&$top=1".replace(" ", "%20")) == [
        "alpha"
    ]
    assert workspace.names("models/m/versions?$orderBy=createdtime asc".replace(" ", "%20")) == [
        "2",
        "10",
        "1",
        "alpha",
    ]


def test_content_is_fixed_and_the_rest_is_not(workspace: Workspace) -> None:
    add(workspace, "1")
    assert add(workspace, "1", description="new", tags={"a": "b"})["properties"]["tags"] == {"a": "b"}
    status, code, message = workspace.refusal("PUT", "models/m/versions/1", {"modelUri": "https://x/other"})
    assert (status, code) == (409, "UserError")
    assert (
        "m:1" in message
        and "model uri cannot be changed" in message
        and "use a different name or version" in message
    )


def test_a_refused_change_changes_nothing(workspace: Workspace) -> None:
    add(workspace, "1", description="first")
    workspace.refusal("PUT", "models/m/versions/1", {"modelUri": "https://x/other", "description": "second"})
    assert workspace.get("models/m/versions/1")["properties"]["description"] == "first"


def test_archived_versions_leave_the_list_and_the_label(workspace: Workspace) -> None:
    add(workspace, "1")
    add(workspace, "2")
    add(workspace, "2", isArchived=True)
    assert workspace.names("models/m/versions") == ["1"]
    assert workspace.names("models/m/versions?listViewType=ArchivedOnly") == ["2"]
    assert workspace.names("models/m/versions?listViewType=All") == ["2", "1"]
    assert workspace.get("models/m")["properties"]["latestVersion"] == "1"


def test_archived_containers_leave_the_list(workspace: Workspace) -> None:
    add(workspace, "1")
    workspace.put("models/m", {"isArchived": True})
    assert workspace.names("models") == []
    assert workspace.names("models?listViewType=ArchivedOnly") == ["m"]


def test_an_unknown_version_is_refused_with_those_that_are_there(workspace: Workspace) -> None:
    add(workspace, "1")
    status, _, message = workspace.refusal("GET", "models/m/versions/7")
    assert status == 404 and "version '7'" in message and "'1'" in message


def test_the_sdk_prefix_is_no_part_of_the_name(workspace: Workspace) -> None:
    add(workspace, "1")
    assert workspace.get("models/azureml:m")["name"] == "m"


def test_anonymous_assets_are_not_listed(workspace: Workspace) -> None:
    workspace.put("environments/CliV2AnonymousEnvironment/versions/abc", {"image": "i", "isAnonymous": True})
    assert not [one for one in workspace.names("environments") if one.startswith("CliV2")]


def test_an_anonymous_asset_stays_where_it_was_uploaded_first(workspace: Workspace) -> None:
    for place in ("first", "second"):
        kept = add(workspace, "1", modelUri=f"https://x/{place}", isAnonymous=True)
    assert kept["properties"]["modelUri"] == "https://x/first"


def test_tags_filter_the_list(workspace: Workspace) -> None:
    add(workspace, "1", tags={"stage": "dev"})
    add(workspace, "2", tags={"stage": "prod"})
    assert workspace.names("models/m/versions?tags=stage=prod") == ["2"]
    assert workspace.names("models/m/versions?tags=stage") == ["2", "1"]


def test_pages_are_followed_newest_first(workspace: Workspace) -> None:
    for version in range(1, 6):
        add(workspace, str(version))
    found: list[str] = []
    path: str | None = "models/m/versions?$top=2"
    while path:
        body = workspace.get(path)
        found += [one["name"] for one in body["value"]]
        path = body.get("nextLink", "").split(f"{workspace.id}/")[-1] or None
    assert found == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("path", ["models/-m/versions/1", "models/m/versions/.1", "models/a%20b/versions/1"])
def test_invalid_names_are_refused(workspace: Workspace, path: str) -> None:
    assert workspace.refusal("PUT", path, {"modelUri": "https://x"})[:2] == (400, "InvalidResourceName")


@given(
    st.lists(st.one_of(st.integers(1, 10**6).map(str), st.sampled_from(["alpha", "1.2", "v3"])), unique=True)
)
def test_the_next_number_is_free(versions: list[str]) -> None:
    stored = [Stored({"id": name, "name": name, "properties": {}}) for name in versions]
    assert following(stored) not in versions
    assert latest(stored) == (versions[-1] if versions else None)

from __future__ import annotations

from ..ml import Workspace


def add(workspace: Workspace, name: str, digest: str) -> None:
    body = {"codeUri": f"https://x/{name}", "properties": {"hash_sha256": digest, "hash_version": "202208"}}
    workspace.put(f"codes/{name}/versions/1", body)


def test_a_hash_finds_the_code_under_any_name(workspace: Workspace) -> None:
    add(workspace, "first", "abc")
    add(workspace, "second", "def")
    (found,) = workspace.get("codes/never-heard-of/versions?hash=abc&hashVersion=202208")["value"]
    assert "/codes/first/" in found["id"]


def test_an_unknown_hash_and_another_workspaces_hash_find_nothing(workspace: Workspace) -> None:
    add(workspace, "first", "abc")
    other = Workspace(workspace.cloud, workspace.cloud.add_workspace("rg", "ws-two"))
    assert workspace.get("codes/x/versions?hash=zzz")["value"] == []
    assert other.get("codes/x/versions?hash=abc")["value"] == []


def test_deleted_code_is_not_found_by_its_hash(workspace: Workspace) -> None:
    add(workspace, "first", "abc")
    workspace.call("DELETE", "codes/first/versions/1")
    assert workspace.get("codes/x/versions?hash=abc")["value"] == []

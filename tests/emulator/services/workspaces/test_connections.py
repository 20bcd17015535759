from __future__ import annotations

from ..ml import Workspace

GIT = {
    "category": "Git",
    "target": "https://example.org/repo",
    "authType": "PAT",
    "credentials": {"pat": "hush"},
    "metadata": {"a": "b"},
}


def test_the_secret_is_shown_only_when_asked_for(workspace: Workspace) -> None:
    workspace.put("connections/repo", GIT)
    assert "hush" not in str(workspace.get("connections/repo")) + str(workspace.get("connections"))
    assert workspace.call("POST", "connections/repo/listSecrets").body["properties"]["credentials"] == {
        "pat": "hush"
    }


def test_open_parts_of_credentials_are_shown(workspace: Workspace) -> None:
    secret = {"username": "me", "password": "hush"}
    workspace.put("connections/user", GIT | {"authType": "UsernamePassword", "credentials": secret})
    assert workspace.get("connections/user")["properties"]["credentials"] == {"username": "me"}


def test_wrong_ones_are_refused(workspace: Workspace) -> None:
    assert "'category' is required" in workspace.refusal("PUT", "connections/c", {"target": "x"})[2]
    assert (
        "'Magic' is not an authType"
        in workspace.refusal("PUT", "connections/c", GIT | {"authType": "Magic"})[2]
    )

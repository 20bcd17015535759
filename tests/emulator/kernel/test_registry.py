from __future__ import annotations

import pytest

from course_runtime.emulator import Cloud


def test_a_type_that_is_not_there_says_so_and_changes_nothing(cloud: Cloud, group_id: str) -> None:
    answer = cloud.request(
        "PUT", f"{group_id}/providers/Microsoft.Quantum/workspaces/w", {"location": "eastus"}
    )
    assert answer.status == 501
    assert "Microsoft.Quantum/workspaces" in answer.body["error"]["message"]
    assert "Nothing was changed" in answer.body["error"]["message"]


def test_an_action_that_is_not_there_says_so(cloud: Cloud, group_id: str) -> None:
    account = f"{group_id}/providers/Microsoft.Storage/storageAccounts/account"
    cloud.request("PUT", account, {"location": "eastus"})
    answer = cloud.request("POST", f"{account}/explode", {})
    assert answer.status == 501
    assert "storageAccounts/explode" in answer.body["error"]["message"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_collections_are_only_read(cloud: Cloud, group_id: str, method: str) -> None:
    answer = cloud.request(method, f"{group_id}/providers/Microsoft.Storage/storageAccounts", {})
    assert (answer.status, answer.body["error"]["code"]) == (405, "MethodNotAllowed")


def test_head_tells_whether_it_is_there(cloud: Cloud, group_id: str) -> None:
    assert cloud.request("HEAD", group_id).status == 204
    assert cloud.request("HEAD", group_id + "x").status == 404

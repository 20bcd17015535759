from __future__ import annotations

import pytest

from course_runtime.emulator.kernel.roles import BUILT_IN, BY_NAME, role_of

ML = "Microsoft.MachineLearningServices/workspaces"
ACTIONS = {
    "read workspace": f"{ML}/read",
    "write workspace": f"{ML}/write",
    "delete workspace": f"{ML}/delete",
    "list keys": f"{ML}/listKeys/action",
    "read compute": f"{ML}/computes/read",
    "write compute": f"{ML}/computes/write",
    "delete compute": f"{ML}/computes/delete",
    "start compute": f"{ML}/computes/start/action",
    "write job": f"{ML}/jobs/write",
    "write model": f"{ML}/models/versions/write",
    "assign role": "Microsoft.Authorization/roleAssignments/write",
    "read role": "Microsoft.Authorization/roleAssignments/read",
    "write group": "Microsoft.Resources/subscriptions/resourceGroups/write",
}
CHANGES = set(ACTIONS) - {"read workspace", "read compute", "read role"}
ALLOWED = {
    "Owner": set(ACTIONS),
    "Contributor": set(ACTIONS) - {"assign role"},
    "Reader": set(ACTIONS) - CHANGES,
    "User Access Administrator": set(ACTIONS) - CHANGES | {"assign role"},
    "AzureML Data Scientist": {"read workspace", "read compute", "start compute", "write job", "write model"},
    "AzureML Compute Operator": {"read compute", "write compute", "delete compute", "start compute"},
}


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("what", ACTIONS)
def test_what_a_role_allows(role: str, what: str) -> None:
    assert BY_NAME[role.lower()].allows(ACTIONS[what]) is (what in ALLOWED[role])


def test_actions_match_in_any_casing() -> None:
    assert BY_NAME["reader"].allows("MICROSOFT.STORAGE/STORAGEACCOUNTS/READ")


def test_owners_have_no_data_actions() -> None:
    """As in Azure: who owns the account may still not read a blob."""
    read = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"
    assert not BY_NAME["owner"].allows_data(read)
    assert BY_NAME["storage blob data reader"].allows_data(read)
    assert not BY_NAME["storage blob data reader"].allows_data(read.replace("/read", "/write"))


@pytest.mark.parametrize("scope", ["", "/subscriptions/s", "/subscriptions/s/resourceGroups/g"])
def test_a_definition_is_known_by_its_id_whatever_the_scope(scope: str) -> None:
    for role in BUILT_IN:
        assert (
            role_of(f"{scope}/providers/Microsoft.Authorization/roleDefinitions/{role.id.upper()}/") is role
        )
    assert role_of("no-such-role") is None

from __future__ import annotations

import uuid

import pytest

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.access import outwards
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.principal import EMULATOR, Principal

READ = "Microsoft.Storage/storageAccounts/read"


@pytest.fixture
def somebody(model: Cloud) -> Principal:
    return model.add_principal(Principal(str(uuid.uuid4()), "somebody@workshop.example"))


@pytest.fixture
def subscription(model: Cloud) -> str:
    return f"/subscriptions/{model.identity.subscription_id}"


def test_without_a_role_the_refusal_names_the_action_and_the_scope(
    model: Cloud, somebody: Principal, subscription: str
) -> None:
    with pytest.raises(AzureError) as refused:
        model.access.require(somebody, READ, subscription)
    assert (refused.value.status, refused.value.code) == (403, "AuthorizationFailed")
    for part in (somebody.name, somebody.object_id, READ, subscription):
        assert part in refused.value.message


def test_a_role_reaches_inwards_and_not_outwards(
    model: Cloud, somebody: Principal, subscription: str
) -> None:
    here, beside = model.add_group("here"), model.add_group("beside")
    model.assign(somebody, "Reader", here)
    account = f"{here}/providers/Microsoft.Storage/storageAccounts/a"
    assert model.access.allows(somebody, READ, account)
    assert not model.access.allows(somebody, READ, beside)
    assert not model.access.allows(somebody, READ, subscription)


def test_a_group_whose_name_begins_alike_is_another_group(model: Cloud, somebody: Principal) -> None:
    model.assign(somebody, "Reader", model.add_group("team"))
    assert not model.access.allows(somebody, READ, model.add_group("team2"))


def test_scopes_match_in_any_casing(model: Cloud, somebody: Principal) -> None:
    group = model.add_group("Mixed")
    model.assign(somebody, "Reader", group)
    assert model.access.allows(somebody, READ, group.upper())


def test_a_subscription_is_seen_by_who_holds_a_role_deep_in_it(
    model: Cloud, somebody: Principal, subscription: str
) -> None:
    assert not model.access.sees(somebody, subscription)
    model.assign(somebody, "Reader", model.add_group("deep"))
    assert model.access.sees(somebody, subscription)


def test_the_emulator_itself_needs_no_role(model: Cloud, subscription: str) -> None:
    model.access.require(EMULATOR, READ, subscription)
    model.access.require_data(EMULATOR, READ, subscription)


def test_data_actions_are_asked_apart(model: Cloud, somebody: Principal, subscription: str) -> None:
    read = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"
    model.assign(somebody, "Owner", subscription)
    with pytest.raises(AzureError):
        model.access.require_data(somebody, read, subscription)
    model.assign(somebody, "Storage Blob Data Reader", subscription)
    model.access.require_data(somebody, read, subscription)


def test_outwards_ends_at_the_subscription() -> None:
    assert outwards("/subscriptions/s/resourceGroups/g") == [
        "/subscriptions/s/resourceGroups/g",
        "/subscriptions/s/resourceGroups",
        "/subscriptions/s",
    ]

from __future__ import annotations

from collections.abc import Callable

import pytest
from azure.identity import DefaultAzureCredential
from azure.mgmt.resource import SubscriptionClient

from course_runtime.emulator import Cloud

GUID = "11111111-1111-1111-1111-111111111111"


def test_the_sdk_sees_its_own_subscription_and_tenant(signed_in: Cloud) -> None:
    client = SubscriptionClient(DefaultAzureCredential())
    assert [one.subscription_id for one in client.subscriptions.list()] == [signed_in.access.subscription_id]
    assert [one.tenant_id for one in client.tenants.list()] == [signed_in.access.tenant_id]
    locations = client.subscriptions.list_locations(signed_in.access.subscription_id)
    assert "westeurope" in {one.name for one in locations}


@pytest.mark.parametrize(
    "tail", ["", "/locations", "/providers", "/providers/Microsoft.Storage", "/resources"]
)
def test_who_holds_no_role_sees_nothing(cloud: Cloud, tail: str) -> None:
    cloud.add_principal(object_id="stranger", name="stranger")
    answer = cloud.request(
        "GET", f"/subscriptions/{cloud.access.subscription_id}{tail}", token=cloud.token("stranger")
    )
    assert (answer.status, answer.body["error"]["code"]) == (403, "AuthorizationFailed")
    assert cloud.request("GET", "/subscriptions", token=cloud.token("stranger")).body["value"] == []


@pytest.mark.parametrize("tail", ["", "/locations", "/providers", "/resources", "/resourceGroups"])
def test_another_subscription_is_not_found(cloud: Cloud, tail: str) -> None:
    answer = cloud.request("GET", f"/subscriptions/{GUID}{tail}", token=cloud.token(cloud.access.object_id))
    assert (answer.status, answer.body["error"]["code"]) == (404, "SubscriptionNotFound")


def test_what_is_no_subscription_id_is_refused(cloud: Cloud) -> None:
    answer = cloud.request("GET", "/subscriptions/not%20an%20id")
    assert (answer.status, answer.body["error"]["code"]) == (400, "InvalidSubscriptionId")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("tail", ["", "/locations", "/providers", "/resources"])
def test_what_can_only_be_read_is_never_changed_in_silence(cloud: Cloud, method: str, tail: str) -> None:
    answer = cloud.request(method, f"/subscriptions/{cloud.access.subscription_id}{tail}", {})
    assert answer.status in (404, 405, 501)


def test_registering_a_provider_is_a_right(new_cloud: Callable[[str], Cloud]) -> None:
    for role, status in (("Contributor", 200), ("Reader", 403)):
        cloud = new_cloud(role)
        path = f"/subscriptions/{cloud.access.subscription_id}/providers/microsoft.storage/register"
        answer = cloud.request("POST", path, token=cloud.token(cloud.access.object_id))
        assert answer.status == status
    assert "Microsoft.Storage/register/action" in answer.body["error"]["message"]


def test_an_unknown_provider_is_named(cloud: Cloud) -> None:
    answer = cloud.request("GET", f"/subscriptions/{cloud.access.subscription_id}/providers/Microsoft.None")
    assert (answer.status, answer.body["error"]["code"]) == (404, "InvalidResourceNamespace")


def test_the_clouds_that_exist_are_told_to_anybody(cloud: Cloud) -> None:
    answer = cloud.request("GET", "/metadata/endpoints?api-version=2019-05-01")
    assert answer.body[0]["resourceManager"] == "https://management.azure.com/"

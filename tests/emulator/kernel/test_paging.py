from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_runtime.emulator import Cloud

TYPE = "Microsoft.Network/virtualNetworks"
WORKSPACES = "Microsoft.MachineLearningServices/workspaces"
NEEDED = ("storageAccount", "keyVault")


def names_by_pages(cloud: Cloud, path: str) -> list[list[str]]:
    pages = []
    while path:
        answer = cloud.request("GET", path)
        assert answer.status == 200, answer.body
        pages.append([one["name"] for one in answer.body["value"]])
        path = (answer.body.get("nextLink") or "").removeprefix("https://management.azure.com")
    return pages


def test_pages_hold_everything_once_and_in_order(cloud: Cloud, group_id: str) -> None:
    names = [f"net{number}" for number in range(7)]
    for name in names:
        cloud.request("PUT", f"{group_id}/providers/{TYPE}/{name}", {"location": "eastus"})

    @settings(max_examples=9, deadline=None)
    @given(st.integers(1, 9))
    def holds(size: int) -> None:
        pages = names_by_pages(cloud, f"{group_id}/providers/{TYPE}?$top={size}")
        assert [name for page in pages for name in page] == names
        assert all(len(page) == size for page in pages[:-1])

    holds()


def test_a_subscriptions_list_has_pages_too(cloud: Cloud, group_id: str) -> None:
    subscription = group_id.partition("/resourceGroups/")[0]
    assert cloud.request("PUT", f"{subscription}/resourceGroups/other", {"location": "eastus"}).status == 201
    names = [f"net{number}" for number in range(5)]
    for number, name in enumerate(names):
        group = "rg" if number % 2 else "other"
        path = f"{subscription}/resourceGroups/{group}/providers/{TYPE}/{name}"
        assert cloud.request("PUT", path, {"location": "eastus"}).status == 201
    pages = names_by_pages(cloud, f"{subscription}/providers/{TYPE}?$top=2")
    assert pages == [names[:2], names[2:4], names[4:]]


def test_the_sdk_follows_the_pages_of_all_workspaces(signed_in: Cloud, group_id: str) -> None:
    from ..services.ml import ml_client

    names = {f"ws-{number:03}" for number in range(103)}
    first = signed_in.add_workspace("rg", "ws-000")
    stood_on = signed_in.request("GET", first).body
    for name in sorted(names - {"ws-000"}):
        body = {"location": "eastus", "properties": {key: stood_on["properties"][key] for key in NEEDED}}
        assert signed_in.request("PUT", f"{group_id}/providers/{WORKSPACES}/{name}", body).status == 201
    assert {one.name for one in ml_client().workspaces.list(scope="subscription")} == names


def test_the_link_to_the_next_page_is_a_url_whatever_the_names(cloud: Cloud, group_id: str) -> None:
    outer = f"{group_id}/providers/{TYPE}/net one"
    cloud.request("PUT", outer.replace(" ", "%20"), {"location": "eastus"})
    for name in ("a", "b"):
        cloud.request("PUT", f"{outer}/subnets/{name}".replace(" ", "%20"), {})
    link = cloud.request("GET", f"{outer}/subnets?$top=1".replace(" ", "%20")).body["nextLink"]
    assert "/net%20one/" in link
    assert len(names_by_pages(cloud, link.removeprefix("https://management.azure.com"))) == 1


@pytest.mark.parametrize("query", ["$top=-1", "$top=many", "$skipToken=x", "$top=1e3", "$top=" + "9" * 40])
def test_what_is_not_a_whole_number_is_refused(cloud: Cloud, group_id: str, query: str) -> None:
    answer = cloud.request("GET", f"{group_id}/providers/{TYPE}?{query}")
    assert answer.status == 400
    assert "not a whole number" in answer.body["error"]["message"]

"""The grader's view of the cloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from course_runtime.emulator import Cloud, Emulator
from course_runtime.grading import Azure


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with Emulator() as found:
        yield found


def ask(cloud: Cloud, path: str) -> int:
    """What the student's own request through the door is answered."""
    environment = cloud.environment()
    return requests.get(
        f"https://management.azure.com{path}",
        headers={"Authorization": f"Bearer {cloud.token(cloud.access.object_id)}"},
        proxies={"https": environment["HTTPS_PROXY"]},
        verify=environment["REQUESTS_CA_BUNDLE"],
        timeout=10,
    ).status_code


@pytest.fixture
def azure(cloud: Cloud) -> Azure:
    return Azure(cloud)


def test_what_is_not_there_is_none(azure: Azure) -> None:
    assert azure.get(azure.group_id("nothing")) is None


def test_what_is_put_is_read_back_and_deleted(azure: Azure) -> None:
    azure.put(azure.group_id("mine"), {"location": "westeurope"})
    found = azure.get(azure.group_id("mine"))
    assert found is not None and found["location"] == "westeurope"
    azure.delete(azure.group_id("mine"))
    assert azure.get(azure.group_id("mine")) is None


def test_a_cluster_is_there_with_the_nodes_that_were_asked_for(azure: Azure) -> None:
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    workspace = azure.add_workspace("mine", "ws")
    name = azure.add_cluster(workspace, "cpu", nodes=3)
    found = azure.get(f"{workspace}/computes/{name}")
    assert found is not None and found["properties"]["properties"]["scaleSettings"]["maxNodeCount"] == 3


def test_a_list_goes_over_all_pages(azure: Azure) -> None:
    azure.put(azure.group_id("many"), {"location": "eastus"})
    vaults = f"{azure.group_id('many')}/providers/Microsoft.KeyVault/vaults"
    for number in range(103):
        azure.put(f"{vaults}/vault{number}", {"location": "eastus"})
    assert len(azure.list(vaults)) == 103


def test_a_refused_seed_is_an_error_of_the_grader(azure: Azure) -> None:
    with pytest.raises(RuntimeError, match="LocationNotAvailable"):
        azure.put(azure.group_id("mine"), {"location": "atlantis"})


def test_somebody_without_a_role_is_refused(azure: Azure) -> None:
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    assert azure.status_for(azure.add_person("stranger"), "GET", azure.group_id("mine")) == 403
    assert azure.status_for(azure.student, "GET", azure.group_id("mine")) == 200


def test_the_log_shows_the_student_and_not_the_grader(azure: Azure, cloud: Cloud) -> None:
    ask(cloud, azure.group_id("elsewhere"))
    before = azure.mark()
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    azure.status_for(azure.student, "GET", azure.group_id("mine"))
    ask(cloud, azure.group_id("mine"))
    seen = azure.requests(since=before)
    assert [(one.method, one.principal, one.status) for one in seen] == [("GET", "workshop-student", 200)]
    assert not azure.requests("PUT", since=before)
    assert azure.requests(path="*/MINE", since=before)


def test_a_fault_strikes_the_student_and_is_over(azure: Azure, cloud: Cloud) -> None:
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    azure.fault(path="*/mine", status=429, times=1)
    assert azure.get(azure.group_id("mine")) is not None
    assert [ask(cloud, azure.group_id("mine")) for _ in range(2)] == [429, 200]


def test_the_clock_brings_what_is_due_and_leaves_tokens_as_they_are(azure: Azure, cloud: Cloud) -> None:
    token, before = cloud.token(azure.student.object_id), azure.now()
    azure.advance(7200)
    assert azure.now() - before >= 7200
    assert cloud.request("GET", f"/subscriptions/{azure.subscription}", token=token).status == 200


def test_an_action_is_answered(azure: Azure) -> None:
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    account = f"{azure.group_id('mine')}/providers/Microsoft.Storage/storageAccounts/actiondata"
    azure.put(account, {"location": "eastus", "properties": {}})
    assert len(azure.act(account, "listKeys")["keys"]) == 2


def test_an_action_with_nothing_to_say_is_empty(azure: Azure) -> None:
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    machine = f"{azure.add_workspace('mine', 'ws')}/computes/acted-on"
    inner = {"computeType": "ComputeInstance", "properties": {"vmSize": "Standard_DS3_v2"}}
    azure.put(machine, {"location": "eastus", "properties": inner})
    assert azure.act(machine, "stop") == {}
    found = azure.get(machine)
    assert found is not None and found["properties"]["properties"]["state"] == "Stopped"


def test_a_role_is_given_by_its_name(azure: Azure) -> None:
    azure.put(azure.group_id("mine"), {"location": "eastus"})
    stranger = azure.add_person("stranger")
    azure.give(stranger, "Reader", azure.group_id("mine"))
    assert azure.status_for(stranger, "GET", azure.group_id("mine")) == 200
    with pytest.raises(RuntimeError, match="no built-in role 'King'"):
        azure.give(stranger, "King", azure.group_id("mine"))


def test_a_refusal_is_azures_own_words(azure: Azure) -> None:
    assert azure.refusal_of(azure.group_id("mine"), {"location": "eastus"}) == ""
    assert "atlantis" in azure.refusal_of(azure.group_id("other"), {"location": "atlantis"})


def test_the_clock_is_the_clouds(azure: Azure) -> None:
    before = azure.now()
    azure.advance(3600)
    assert 3600 <= azure.now() - before < 3700

"""The grader's view of an online endpoint, and of what a cloud costs, beside the SDK."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.ai.ml import MLClient
from azure.ai.ml.entities import AmlCompute, CodeConfiguration, ManagedOnlineDeployment, ManagedOnlineEndpoint
from azure.identity import DefaultAzureCredential

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure

SCRIPT = "def init(): pass\ndef run(raw_data): return {'length': len(raw_data)}\n"


@pytest.fixture(scope="module")
def azure() -> Iterator[Azure]:
    with Emulator() as cloud, pytest.MonkeyPatch.context() as patch:
        for name, value in cloud.environment().items():
            patch.setenv(name, value)
        found = Azure(cloud)
        found.put(found.group_id("rg"), {"location": "eastus"})
        found.add_workspace("rg", "ws")
        yield found


@pytest.fixture(scope="module")
def client(azure: Azure) -> MLClient:
    return MLClient(DefaultAzureCredential(), azure.subscription, "rg", "ws")


def test_it_says_what_was_answered_and_by_whom(azure: Azure, client: MLClient, tmp_path: Path) -> None:
    client.online_endpoints.begin_create_or_update(ManagedOnlineEndpoint(name="asked")).result()
    nobody = azure.endpoint("asked").score({"data": []})
    assert (nobody.status, nobody.deployment) == (404, "")
    (tmp_path / "score.py").write_text(SCRIPT)
    blue = ManagedOnlineDeployment(
        name="blue",
        endpoint_name="asked",
        environment="azureml:AzureML-sklearn-1.5:20",
        code_configuration=CodeConfiguration(code=str(tmp_path), scoring_script="score.py"),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    client.online_deployments.begin_create_or_update(blue).result()
    before = azure.mark()
    found = azure.endpoint("asked").score(b"{not json", "blue")
    assert (found.status, found.body, found.deployment) == (200, {"length": 9}, "blue")
    described = azure.endpoint("asked").swagger("blue")
    assert (described.status, described.deployment) == (200, "blue") and "/score" in described.body["paths"]
    assert not azure.requests(host=azure.endpoint("asked").host, since=before)


def test_costs_are_those_of_the_hour(azure: Azure, client: MLClient) -> None:
    before = azure.costs()["rate"]
    cluster = AmlCompute(name="warm", size="Standard_DS3_v2", min_instances=1, max_instances=1)
    client.compute.begin_create_or_update(cluster).result()
    azure.advance(600)
    assert azure.costs()["rate"] > before
    client.compute.begin_delete("warm").result()
    assert azure.costs()["rate"] == before

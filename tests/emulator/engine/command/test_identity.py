"""Who a job's code is in the cloud, by the identity that the job asks for."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Lab

WHO = """
import os, sys
from azure.ai.ml.identity import AzureMLOnBehalfOfCredential
from azure.identity import ManagedIdentityCredential
import base64, json
kind = sys.argv[1]
credential = AzureMLOnBehalfOfCredential() if kind == "user" else ManagedIdentityCredential()
token = credential.get_token("https://management.azure.com/.default").token
claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
print("I am", claims["oid"])
"""


@pytest.fixture(scope="module")
def machine(lab: Lab) -> Any:
    """The principal of a cluster that has an identity."""
    body = lab.workspace.add_cluster("with-identity")
    cluster = lab.workspace.put(
        "computes/with-identity", body["properties"], identity={"type": "SystemAssigned"}
    )
    return cluster["identity"]["principalId"]


def test_a_user_identity_is_the_submitters(lab: Lab, code: Callable[..., Path]) -> None:
    from azure.ai.ml import UserIdentityConfiguration

    job = lab.run("python who.py user", code(who=WHO), identity=UserIdentityConfiguration())
    assert f"I am {lab.cloud.access.object_id}\n" in lab.log(job)


def test_a_managed_identity_is_the_computes(lab: Lab, machine: str, code: Callable[..., Path]) -> None:
    from azure.ai.ml import ManagedIdentityConfiguration

    options = {"identity": ManagedIdentityConfiguration(), "compute": "with-identity"}
    job = lab.run("python who.py managed", code(who=WHO), **options)
    assert f"I am {machine}\n" in lab.log(job)


def test_a_cluster_without_an_identity_has_none(lab: Lab, code: Callable[..., Path]) -> None:
    job = lab.run("python who.py managed", code(who=WHO))
    assert job.status == "Failed" and "Identity not found" in lab.log(job)


def test_a_role_that_was_taken_away_is_missed_in_the_log(lab: Lab, code: Callable[..., Path]) -> None:
    """The run's own token is the submitter's: who may not write any more cannot log."""
    source = "import time\nimport mlflow\nprint('ready')\ntime.sleep(1.5)\nmlflow.log_metric('a', 1)\n"
    scope = f"/subscriptions/{lab.cloud.access.subscription_id}"
    assignments = f"{scope}/providers/Microsoft.Authorization/roleAssignments"
    job = lab.submit("python log.py", code(log=source))
    lab.until(job, lambda found: "ready" in lab.log(found))
    held = [
        one
        for one in lab.cloud.request("GET", assignments).body["value"]
        if one["properties"]["principalId"] == lab.cloud.access.object_id
    ]
    for one in held:
        lab.cloud.request("DELETE", one["id"])
    try:
        while (status := lab.workspace.get(f"jobs/{job.name}")["properties"]["status"]) not in (
            "Failed",
            "Completed",
        ):
            time.sleep(0.1)
        assert status == "Failed" and "does not have authorization" in lab.log(job)
    finally:
        for one in held:
            lab.cloud.request("PUT", one["id"], {"properties": one["properties"]})

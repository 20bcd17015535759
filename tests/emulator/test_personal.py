"""The personal cloud through the SDKs, as a student meets it on the first day."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_runtime.emulator import Emulator

V1 = """
import os
from azureml.core import Workspace
from azureml.core.authentication import ServicePrincipalAuthentication
e = os.environ
auth = ServicePrincipalAuthentication(e["AZURE_TENANT_ID"], e["AZURE_CLIENT_ID"], e["AZURE_CLIENT_SECRET"])
subscription = e["AZURE_SUBSCRIPTION_ID"]
there = Workspace.get("workshop-ws", auth=auth, subscription_id=subscription, resource_group="workshop-rg")
print(there.name, there.location)
made = Workspace.create("v1made", auth=auth, subscription_id=e["AZURE_SUBSCRIPTION_ID"], resource_group="newgroup",
                        create_resource_group=True, location="westeurope", exist_ok=True)
print(made.name, made.location)
made.delete(delete_dependent_resources=True)
print(sorted(Workspace.list(e["AZURE_SUBSCRIPTION_ID"], auth=auth)))
"""


@pytest.mark.filterwarnings("ignore")
def test_sdk_v2_finds_the_workspace_without_a_word_of_configuration(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    from azure.ai.ml import MLClient
    from azure.identity import DefaultAzureCredential

    personal = emulator.client.personal()
    for name, value in personal.environment().items():
        monkeypatch.setenv(name, value)
    access = personal.access
    client = MLClient(
        DefaultAzureCredential(), access.subscription_id, access.resource_group, access.workspace
    )
    assert client.workspaces.get("workshop-ws").location == "eastus"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="SDK v1 ends at Python 3.11")
def test_sdk_v1_finds_makes_and_deletes_workspaces(emulator: Emulator, tmp_path: Path) -> None:
    pytest.importorskip("azureml.core")
    environment = {**os.environ, **emulator.client.personal().environment(), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", V1], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    lines = done.stdout.splitlines()
    assert "workshop-ws eastus" in lines, done.stderr
    assert "v1made westeurope" in lines
    assert lines[-1] == "['workshop-ws']"

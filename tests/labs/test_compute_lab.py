"""The compute lab as a notebook user runs it: `workshop exec -- jupyter execute`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_runtime.emulator import EmulatorClient, Places

pytest.importorskip("nbclient", reason="the notebook extra is not installed")
pytest.importorskip("ipykernel", reason="the notebook extra is not installed")

CELLS = (
    "import os\n"
    "from azure.ai.ml import MLClient\n"
    "from azure.ai.ml.entities import AmlCompute, ComputeInstance\n"
    "from azure.identity import DefaultAzureCredential\n"
    "e = os.environ\n"
    "ml = MLClient(DefaultAzureCredential(), e['AZURE_SUBSCRIPTION_ID'], e['AZURE_RESOURCE_GROUP'],\n"
    "              e['AZURE_WORKSPACE_NAME'])",
    "cluster = AmlCompute(name='cpu', size='Standard_DS2_v2', min_instances=0, max_instances=2)\n"
    "ml.compute.begin_create_or_update(cluster).result()\n"
    "assert ml.compute.get('cpu').max_instances == 2",
    "cluster.max_instances = 3\n"
    "ml.compute.begin_update(cluster).result()\n"
    "assert ml.compute.get('cpu').max_instances == 3",
    "instance = ComputeInstance(name='my-instance-42', size='Standard_DS2_v2')\n"
    "ml.compute.begin_create_or_update(instance).result()\n"
    "ml.compute.begin_stop('my-instance-42').result()\n"
    "assert ml.compute.get('my-instance-42').state == 'Stopped'\n"
    "ml.compute.begin_start('my-instance-42').result()\n"
    "assert ml.compute.get('my-instance-42').state == 'Running'",
    "assert any(size.name == 'Standard_DS2_v2' for size in ml.compute.list_sizes())\n"
    "assert list(ml.compute.list_usage())",
    "ml.compute.begin_delete('cpu').result()\n"
    "assert [one.name for one in ml.compute.list()] == ['my-instance-42']",
)


def test_the_compute_lab_runs_in_a_notebook(tmp_path: Path) -> None:
    notebook = tmp_path / "compute.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in CELLS]), notebook)
    environment = {**os.environ, "HOME": str(tmp_path), "WORKSHOP_STATE": str(tmp_path / "state")}
    workshop = [sys.executable, "-m", "course_runtime.cli"]
    try:
        command = [*workshop, "exec", "--", "jupyter", "execute", str(notebook)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        log = EmulatorClient(Places.of(tmp_path / "state")).personal().log()
        assert {entry["status"] for entry in log if "/computes/cpu" in entry["path"]} <= {200, 201, 202, 204}
        assert any(entry["method"] == "DELETE" and entry["path"].endswith("/computes/cpu") for entry in log)
    finally:
        subprocess.run([*workshop, "emulator", "stop"], cwd=tmp_path, env=environment, check=False)

"""The compute lab: a cluster and an instance, from creation to deletion."""

from __future__ import annotations

from pathlib import Path

from .notebooks import run

CELLS = (
    "from azure.ai.ml.entities import AmlCompute, ComputeInstance",
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
    log = run(tmp_path, CELLS)
    assert {entry["status"] for entry in log if "/computes/cpu" in entry["path"]} <= {200, 201, 202, 204}
    assert any(entry["method"] == "DELETE" and entry["path"].endswith("/computes/cpu") for entry in log)

"""Run history as SDK v1 reads and writes it, and what azure-ai-ml asks it for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator import Cloud

from ..ml import Workspace

HOST = "eastus.api.azureml.ms"


@pytest.fixture
def experiment(signed_in: Cloud, workspace: Workspace) -> Any:
    """An experiment of SDK v1."""
    from azureml.core import Experiment
    from azureml.core import Workspace as Workspace1
    from azureml.core.authentication import ServicePrincipalAuthentication

    access = signed_in.environment()
    who = ServicePrincipalAuthentication(
        access["AZURE_TENANT_ID"], access["AZURE_CLIENT_ID"], access["AZURE_CLIENT_SECRET"]
    )
    found = Workspace1(access["AZURE_SUBSCRIPTION_ID"], "rg", "ws", auth=who)
    return Experiment(found, "wheat")


def test_v1_logs_a_run_and_both_read_it(experiment: Any, mlflow: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    run = experiment.start_logging(snapshot_directory=None, display_name="by hand")
    run.log("auc", 0.5)
    run.log("auc", 0.9)
    run.log_list("list", [1, 2, 3])
    run.log_table("table", {"x": [1, 2], "y": [3, 4]})
    run.tag("team", "a")
    run.add_properties({"kept": "1"})
    run.upload_file("outputs/notes.txt", str(tmp_path / "notes.txt"))
    run.flush()
    assert run.get_status() == "Running"
    run.complete()
    assert run.get_status() == "Completed" and run.get_tags()["team"] == "a"
    assert run.get_metrics() == {"auc": [0.5, 0.9], "list": [1, 2, 3], "table": {"x": [1, 2], "y": [3, 4]}}
    assert run.get_file_names() == ["outputs/notes.txt"]
    run.download_file("outputs/notes.txt", str(tmp_path / "down.txt"))
    assert (tmp_path / "down.txt").read_text() == "notes"
    seen = mlflow.get_run(run.id)
    assert (seen.info.run_name, seen.info.status, seen.data.metrics) == ("by hand", "FINISHED", {"auc": 0.9})
    assert mlflow.artifacts.load_text(f"runs:/{run.id}/outputs/notes.txt") == "notes"


def test_v1_reads_what_mlflow_logged(experiment: Any, mlflow: Any) -> None:
    mlflow.set_experiment("wheat")
    with mlflow.start_run(tags={"team": "a"}) as outer:
        mlflow.log_metric("auc", 0.9)
        with mlflow.start_run(nested=True) as inner:
            pass
    (found,) = experiment.get_runs(tags={"team": "a"})
    assert found.id == outer.info.run_id and found.get_metrics() == {"auc": 0.9}
    assert [one.id for one in found.get_children()] == [inner.info.run_id]
    assert found.get_details()["status"] == "Completed"
    assert [one.id for one in experiment.get_runs()] == [outer.info.run_id]


def test_v1_fails_cancels_and_has_children(experiment: Any) -> None:
    run = experiment.start_logging(snapshot_directory=None)
    child = run.child_run("inner")
    child.fail(error_details="it broke", error_code="Broken")
    assert child.get_status() == "Failed" and child.get_details()["error"]["error"]["message"] == "it broke"
    many = run.create_children(count=2)
    assert len(list(run.get_children())) == 3
    for one in many:
        one.complete()
    run.cancel()
    assert run.get_status() == "Canceled"


def test_jobs_lists_changes_and_downloads_a_run(client: Any, mlflow: Any, tmp_path: Path) -> None:
    with mlflow.start_run() as run:
        mlflow.log_text("hello", "outputs/hello.txt")
    name = run.info.run_id
    client.jobs.download(name, download_path=str(tmp_path))
    assert next(tmp_path.rglob("hello.txt")).read_text() == "hello"
    assert client.jobs.show_services(name) is None
    client.jobs.archive(name)
    assert list(client.jobs.list()) == [] and mlflow.search_runs().empty
    client.jobs.restore(name)
    assert [one.name for one in client.jobs.list()] == [name]


def test_an_output_without_a_name_is_found_by_its_job(signed_in: Cloud, workspace: Workspace) -> None:
    path = f"/history/v1.0{workspace.id}/experiments/wheat/runs/job-1"
    outputs = {"made": {"type": "uri_folder", "assetId": "azureml_job-1_output_data_made"}}
    made = signed_in.request("PATCH", path, {"outputs": outputs, "status": "Completed"}, host=HOST)
    assert made.status == 200 and made.body["outputs"] == outputs
    data = signed_in.request("POST", f"/history/v1.0{workspace.id}/rundata", {"runId": "job-1"}, host=HOST)
    assert data.body["runMetadata"]["outputs"]["made"]["type"] == "uri_folder"
    resolve = f"/data/v1.0{workspace.id}/dataversion/batchGetResolvedUris"
    wanted = "azureml://locations/eastus/workspaces/x/data/azureml_job-1_output_data_made/versions/1"
    answer = signed_in.request("POST", resolve, {"values": [wanted]}, host=HOST).body["values"][wanted]
    assert answer["type"] == "UriFolder"
    assert answer["uri"].endswith("/datastores/workspaceblobstore/paths/azureml/job-1/made/")
    missing = signed_in.request("POST", resolve, {"values": ["nothing"]}, host=HOST)
    assert missing.status == 404 and "'nothing' was not found" in missing.body["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/runs/nobody", 404),
        ("GET", "/experiments/nothing", 404),
        ("PATCH", "/experiments/e/runs/r", 400),
        ("GET", "/nothing/at/all", 501),
    ],
)
def test_refusals(signed_in: Cloud, workspace: Workspace, method: str, path: str, status: int) -> None:
    body = {"status": "Juggling"} if method == "PATCH" else None
    answer = signed_in.request(method, f"/history/v1.0{workspace.id}{path}", body, host=HOST)
    assert answer.status == status and answer.body["error"]["message"]


def test_another_workspace_sees_nothing_of_it(cloud: Cloud, workspace: Workspace) -> None:
    other = cloud.add_workspace("rg", "other")
    made = f"/history/v1.0{workspace.id}/experiments/e/runs/r"
    assert cloud.request("PATCH", made, {"status": "Running"}, host=HOST).status == 200
    assert cloud.request("GET", f"/history/v1.0{other}/runs/r", host=HOST).status == 404
    gone = f"/history/v1.0{workspace.id.replace('workspaces/ws', 'workspaces/gone')}/runs/r"
    assert cloud.request("GET", gone, host=HOST).status == 404

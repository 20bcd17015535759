"""Runs as scripts make and find them, by the real MLflow."""

from __future__ import annotations

from typing import Any

import pytest

from ...ml import Workspace


def test_a_run_is_read_as_it_was_logged(either_mlflow: Any) -> None:
    mlflow = either_mlflow
    mlflow.set_experiment("wheat")
    with mlflow.start_run(run_name="first", tags={"größe": "✓"}, description="what it is") as run:
        mlflow.log_params({"lr": 0.1, "net": "ResNet50"})
        mlflow.log_metric("auc", 0.5, step=1)
        mlflow.log_metric("auc", 0.9, step=2)
    kept = mlflow.get_run(run.info.run_id)
    assert (kept.info.run_name, kept.info.status, kept.info.lifecycle_stage) == (
        "first",
        "FINISHED",
        "active",
    )
    assert kept.info.end_time >= kept.info.start_time > 1_600_000_000_000
    assert kept.data.params == {"lr": "0.1", "net": "ResNet50"} and kept.data.metrics == {"auc": 0.9}
    assert kept.data.tags["größe"] == "✓" and kept.data.tags["mlflow.note.content"] == "what it is"
    assert mlflow.get_experiment(kept.info.experiment_id).name == "wheat"


def test_a_script_that_names_no_experiment_logs_to_default(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        pass
    kept = mlflow.get_run(run.info.run_id)
    assert mlflow.get_experiment(kept.info.experiment_id).name == "Default"
    first, second, letters = kept.info.run_name.split("_")
    assert first.isalpha() and second.isalpha() and len(letters) == 8


def test_nested_runs_know_their_parent(mlflow: Any) -> None:
    begin = mlflow.start_run
    with begin() as outer, begin(nested=True) as middle, begin(nested=True) as inner:
        mlflow.log_metric("m", 1)
    kept = mlflow.get_run(inner.info.run_id)
    assert kept.data.tags["mlflow.parentRunId"] == middle.info.run_id
    assert kept.data.tags["mlflow.rootRunId"] == outer.info.run_id
    found = mlflow.search_runs(filter_string=f"tags.mlflow.parentRunId = '{outer.info.run_id}'")
    assert list(found["run_id"]) == [middle.info.run_id]


def test_an_exception_fails_the_run(mlflow: Any) -> None:
    with pytest.raises(ZeroDivisionError), mlflow.start_run() as run:
        raise ZeroDivisionError
    assert mlflow.get_run(run.info.run_id).info.status == "FAILED"


def test_search_filters_orders_and_pages(mlflow: Any) -> None:
    mlflow.set_experiment("sweep")
    for number in range(5):
        with mlflow.start_run(run_name=f"r{number}"):
            mlflow.log_param("even", number % 2 == 0)
            mlflow.log_metric("score", number * 0.1)
    best = mlflow.search_runs(filter_string="params.even = 'True'", order_by=["metrics.score DESC"])
    assert list(best["tags.mlflow.runName"]) == ["r4", "r2", "r0"]
    found = mlflow.search_runs(
        experiment_names=["sweep"],
        filter_string="metrics.score > 0.05 and attributes.run_name LIKE 'r%' and attributes.status = 'FINISHED'",
        order_by=["start_time ASC"],
        max_results=2,
    )
    assert list(found["tags.mlflow.runName"]) == ["r1", "r2"]
    client = mlflow.MlflowClient()
    ids = [mlflow.get_experiment_by_name("sweep").experiment_id]
    first = client.search_runs(ids, max_results=3)
    rest = client.search_runs(ids, max_results=3, page_token=first.token)
    assert [run.info.run_name for run in [*first, *rest]] == ["r4", "r3", "r2", "r1", "r0"] and not rest.token
    with pytest.raises(mlflow.MlflowException, match="Invalid attribute key 'colour'"):
        mlflow.search_runs(filter_string="colour = 'red'")


def test_deleted_runs_come_back_and_take_nothing_meanwhile(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        pass
    client = mlflow.MlflowClient()
    client.delete_run(run.info.run_id)
    assert mlflow.search_runs().empty
    assert len(mlflow.search_runs(run_view_type=2)) == 1
    with pytest.raises(mlflow.MlflowException, match="must be in the 'active' state"):
        client.log_metric(run.info.run_id, "m", 1)
    with pytest.raises(mlflow.MlflowException, match="must be in the 'active' state"):
        client.log_batch(run.info.run_id, params=[mlflow.entities.Param("p", "1")])
    client.restore_run(run.info.run_id)
    client.log_metric(run.info.run_id, "m", 1)
    client.update_run(run.info.run_id, name="new name")
    kept = client.get_run(run.info.run_id)
    assert kept.info.run_name == "new name" and kept.data.metrics == {"m": 1}


def test_what_is_not_there_is_said_so(mlflow: Any) -> None:
    with pytest.raises(mlflow.MlflowException, match="RunId nobody was not found") as refused:
        mlflow.get_run("nobody")
    assert refused.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_data_sets_that_were_read_are_remembered(mlflow: Any) -> None:
    import pandas as pd

    data = mlflow.data.from_pandas(pd.DataFrame({"x": [1, 2]}), name="fields")
    with mlflow.start_run() as run:
        mlflow.log_input(data, context="training")
        mlflow.log_input(data, context="training")
    (kept,) = mlflow.get_run(run.info.run_id).inputs.dataset_inputs
    assert (kept.dataset.name, kept.tags[0].value) == ("fields", "training")
    assert len(mlflow.search_runs(filter_string="dataset.name = 'fields'")) == 1


def test_a_run_outside_of_jobs_is_found_as_a_job(client: Any, mlflow: Any) -> None:
    mlflow.set_experiment("wheat")
    with mlflow.start_run(run_name="by hand", tags={"team": "a"}) as run:
        with mlflow.start_run(nested=True) as child:
            pass
        assert client.jobs.get(run.info.run_id).status == "Running"
    job = client.jobs.get(run.info.run_id)
    assert (job.status, job.display_name, job.experiment_name) == ("Completed", "by hand", "wheat")
    assert job.tags["team"] == "a" and run.info.run_id in job.services["Studio"].endpoint
    assert [one.name for one in client.jobs.list()] == [run.info.run_id]
    children = list(client.jobs.list(parent_job_name=run.info.run_id))
    assert [(one.name, one.status) for one in children] == [(child.info.run_id, "Completed")]
    client.jobs.archive(run.info.run_id)
    assert (
        list(client.jobs.list()) == []
        and mlflow.search_runs(filter_string=f"run_id = '{run.info.run_id}'").empty
    )
    client.jobs.restore(run.info.run_id)
    assert len(list(client.jobs.list())) == 1


def test_a_reader_looks_and_logs_nothing(new_cloud: Any, track: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cloud = new_cloud("Reader")
    workspace = Workspace(cloud, cloud.add_workspace("rg", "ws"))
    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    uri = cloud.request("GET", workspace.id).body["properties"]["mlFlowTrackingUri"]
    mlflow = track(uri, False)
    assert mlflow.search_experiments() == []
    with pytest.raises(
        mlflow.MlflowException, match="does not have authorization to perform action"
    ) as refused:
        mlflow.set_experiment("mine")
    assert refused.value.error_code == "PERMISSION_DENIED"


def test_a_script_does_not_end_the_job_that_runs_it(workspace: Workspace, mlflow: Any) -> None:
    workspace.put("jobs/job-1", {"jobType": "Spark", "experimentName": "wheat"})
    with mlflow.start_run("job-1"):
        mlflow.log_metric("auc", 0.9)
    kept = mlflow.get_run("job-1")
    assert (kept.info.status, kept.data.metrics) == ("SCHEDULED", {"auc": 0.9})
    assert workspace.get("jobs/job-1")["properties"]["status"] == "NotStarted"

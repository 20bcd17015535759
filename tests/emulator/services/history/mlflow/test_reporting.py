"""Metrics, parameters and tags, by the real MLflow: what is kept, and what is refused."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest


def test_numbers_that_are_none_come_back(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        mlflow.log_metrics(
            {"nan": math.nan, "up": math.inf, "down": -math.inf, "tiny": 5e-324, "large": 1e308}
        )
    kept = mlflow.get_run(run.info.run_id).data.metrics
    assert math.isnan(kept.pop("nan"))
    assert kept == {"up": math.inf, "down": -math.inf, "tiny": 5e-324, "large": 1e308}


def test_ten_thousand_points_of_one_metric(mlflow: Any) -> None:
    from mlflow.entities import Metric

    client = mlflow.MlflowClient()
    with mlflow.start_run() as run:
        for start in range(0, 10_000, 1000):
            points = [
                Metric("loss", 1 / (step + 1), 1_700_000_000_000, step) for step in range(start, start + 1000)
            ]
            client.log_batch(run.info.run_id, metrics=points)
    history = client.get_metric_history(run.info.run_id, "loss")
    assert [point.step for point in history] == list(range(10_000))
    assert client.get_run(run.info.run_id).data.metrics == {"loss": 1 / 10_000}


def test_a_history_is_paged(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        for step in range(5):
            mlflow.log_metric("m", step, step=step)
    store = mlflow.MlflowClient()._tracking_client.store
    first = store.get_metric_history(run.info.run_id, "m", max_results=3)
    rest = store.get_metric_history(run.info.run_id, "m", max_results=3, page_token=first.token)
    assert [one.value for one in [*first, *rest]] == [0, 1, 2, 3, 4] and not rest.token


def test_a_parameter_keeps_its_value(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        mlflow.log_param("lr", 0.1)
        mlflow.log_param("lr", 0.1)
        with pytest.raises(mlflow.MlflowException, match=r"logged before with the value '0\.1'"):
            mlflow.log_param("lr", 0.2)
        with pytest.raises(mlflow.MlflowException, match="No more than 500 characters per params Value"):
            mlflow.log_params({"new": 1, "long": "x" * 501})
    assert mlflow.get_run(run.info.run_id).data.params == {"lr": "0.1"}


def test_a_batch_has_limits_and_is_kept_whole_or_not_at_all(mlflow: Any) -> None:
    from mlflow.entities import Metric, Param, RunTag

    client = mlflow.MlflowClient()
    with mlflow.start_run() as run:
        pass
    identifier = run.info.run_id
    client.log_batch(identifier, params=[Param(f"p{number}", "1") for number in range(100)])
    store = client._tracking_client.store
    with pytest.raises(mlflow.MlflowException, match=r"at most 200 params\. Got 201 params"):
        store.log_batch(identifier, [], [Param(f"q{number}", "1") for number in range(201)], [])
    with pytest.raises(mlflow.MlflowException, match="cannot be changed"):
        store.log_batch(identifier, [Metric("m", 1, 1, 0)], [Param("p1", "2")], [RunTag("t", "1")])
    kept = client.get_run(identifier)
    assert len(kept.data.params) == 100 and kept.data.metrics == {} and "t" not in kept.data.tags


@pytest.mark.parametrize("name", ["a=b", "../up", "/root", "x" * 256, " edge "])
def test_names_of_metrics_have_rules(mlflow: Any, name: str) -> None:
    from mlflow.entities import Metric

    with mlflow.start_run() as run:
        pass
    store = mlflow.MlflowClient()._tracking_client.store
    with pytest.raises(mlflow.MlflowException, match="Invalid metric name"):
        store.log_metric(run.info.run_id, Metric(name, 1, 1, 0))


def test_many_threads_log_at_once(mlflow: Any) -> None:
    client = mlflow.MlflowClient()
    with mlflow.start_run() as run, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda step: client.log_metric(run.info.run_id, "m", step, step=step), range(100)))
    history = client.get_metric_history(run.info.run_id, "m")
    assert sorted(point.value for point in history) == list(range(100))
    assert client.get_run(run.info.run_id).data.metrics["m"] == 99


def test_logging_in_the_background_arrives(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        waiting = [mlflow.log_metric("m", step, step=step, synchronous=False) for step in range(20)]
        for one in waiting:
            one.wait()
    assert len(mlflow.MlflowClient().get_metric_history(run.info.run_id, "m")) == 20


def test_tags_change_and_go(mlflow: Any) -> None:
    with mlflow.start_run() as run:
        mlflow.set_tags({"a": "1", "mlflow.runName": "renamed", "mlflow.note.content": "note"})
        mlflow.set_tag("a", "2")
        mlflow.delete_tag("a")
        with pytest.raises(mlflow.MlflowException, match="The tag 'a' of run"):
            mlflow.delete_tag("a")
    kept = mlflow.get_run(run.info.run_id)
    assert kept.info.run_name == "renamed" and kept.data.tags["mlflow.note.content"] == "note"
    assert "a" not in kept.data.tags

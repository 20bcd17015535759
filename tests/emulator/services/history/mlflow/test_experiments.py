"""Experiments, by the real MLflow."""

from __future__ import annotations

from typing import Any

import pytest


def test_made_found_renamed_and_tagged(mlflow: Any) -> None:
    client = mlflow.MlflowClient()
    made = client.create_experiment("weizen größe", tags={"team": "a"})
    assert client.get_experiment_by_name("weizen größe").experiment_id == made
    client.rename_experiment(made, "wheat")
    client.set_experiment_tag(made, "kind", "b")
    kept = client.get_experiment(made)
    assert (kept.name, kept.tags, kept.lifecycle_stage) == ("wheat", {"team": "a", "kind": "b"}, "active")
    assert client.get_experiment_by_name("weizen größe") is None
    with pytest.raises(mlflow.MlflowException, match="'wheat' already exists"):
        client.create_experiment("wheat")


def test_deleted_ones_take_no_runs_until_they_are_restored(mlflow: Any) -> None:
    client = mlflow.MlflowClient()
    made = client.create_experiment("wheat")
    client.delete_experiment(made)
    assert client.get_experiment(made).lifecycle_stage == "deleted"
    with pytest.raises(mlflow.MlflowException, match="'wheat' is archived"):
        client.create_run(made)
    with pytest.raises(mlflow.MlflowException, match="'wheat' in deleted state already exists"):
        client.create_experiment("wheat")
    client.restore_experiment(made)
    assert client.create_run(made).info.experiment_id == made


def test_search_by_name_and_tag(mlflow: Any) -> None:
    client = mlflow.MlflowClient()
    for name in ("wheat-1", "wheat-2", "corn"):
        client.create_experiment(name, tags={"kind": name[:4]})
    client.delete_experiment(client.get_experiment_by_name("corn").experiment_id)
    found = mlflow.search_experiments(filter_string="name LIKE 'wheat%'", order_by=["name DESC"])
    assert [one.name for one in found] == ["wheat-2", "wheat-1"]
    assert mlflow.search_experiments(filter_string="tags.kind = 'corn'") == []
    assert [one.name for one in mlflow.search_experiments(view_type=2)] == ["corn"]
    first = client.search_experiments(max_results=1, order_by=["name ASC"])
    rest = client.search_experiments(max_results=1, order_by=["name ASC"], page_token=first.token)
    assert [one.name for one in [*first, *rest]] == ["wheat-1", "wheat-2"] and not rest.token


def test_a_name_with_a_slash_is_refused(mlflow: Any) -> None:
    with pytest.raises(mlflow.MlflowException, match="is not a valid experiment name"):
        mlflow.MlflowClient().create_experiment("/Users/me/wheat")

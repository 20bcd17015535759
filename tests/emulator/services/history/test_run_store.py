"""The store itself: what the engine and the data planes build on."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.registry import Registry
from course_runtime.emulator.services.history.run_store import RunStore
from course_runtime.emulator.services.history.runs import Metric, MetricReport
from course_runtime.emulator.services.login.tokens import Keyring

WORKSPACE = "/subscriptions/S/resourceGroups/RG/providers/Microsoft.MachineLearningServices/workspaces/WS"


@pytest.fixture
def runs(model: Cloud) -> RunStore:
    return model.runs


def refused(code: int, words: str) -> Any:
    return pytest.raises(AzureError, match=words, check=lambda error: error.status == code)


def test_a_run_is_kept_as_it_was_made(runs: RunStore) -> None:
    made = runs.create(WORKSPACE, "r", experiment="e", tags={"a": "b"}, properties={"p": "q"}, target="cpu")
    assert made == runs.get(WORKSPACE.lower(), "r")
    assert (made.experiment, made.root, made.status, made.display_name) == ("e", "r", "NotStarted", "r")
    assert (made.tags, made.properties, made.target) == ({"a": "b"}, {"p": "q"}, "cpu")
    assert runs.get(WORKSPACE, "other") is None


def test_a_name_is_given_once(runs: RunStore) -> None:
    runs.create(WORKSPACE, "r", experiment="e")
    with refused(409, "'r' already exists"):
        runs.create(WORKSPACE, "r", experiment="e")
    assert runs.create(WORKSPACE + "2", "r", experiment="e").workspace.endswith("ws2")


def test_the_status_brings_the_moments_with_it(model: Cloud, runs: RunStore) -> None:
    runs.create(WORKSPACE, "r", experiment="e")
    assert runs.update(WORKSPACE, "r", status="Queued").start is None
    begun = runs.update(WORKSPACE, "r", status="Running")
    model.advance(60)
    ended = runs.update(WORKSPACE, "r", status="Completed", outputs={"o": {"assetId": "x"}})
    assert ended.start == begun.start and begun.start is not None
    assert ended.end == pytest.approx(begun.start + 60, abs=5)
    assert runs.update(WORKSPACE, "r", tags={"t": "1"}).end == ended.end
    assert runs.update(WORKSPACE, "r", status="Queued").end is None
    assert runs.update(WORKSPACE, "r", tags={"u": "2"}).tags == {"t": "1", "u": "2"}
    assert runs.require(WORKSPACE, "r").outputs == {"o": {"assetId": "x"}}
    with refused(400, "'Juggling' is not a run's status"):
        runs.update(WORKSPACE, "r", status="Juggling")


def test_children_know_their_root(runs: RunStore) -> None:
    runs.create(WORKSPACE, "top", experiment="e")
    runs.create(WORKSPACE, "middle", experiment="e", parent="top")
    low = runs.create(WORKSPACE, "low", experiment="e", parent="middle")
    assert (low.parent, low.root) == ("middle", "top")
    assert [run.id for run in runs.children(WORKSPACE, "top")] == ["middle"]
    assert [run.id for run in runs.list(WORKSPACE, root="top")] == ["low", "middle", "top"]
    with refused(404, "RunId nobody was not found"):
        runs.create(WORKSPACE, "lost", experiment="e", parent="nobody")


def test_lists_are_filtered_and_paged(runs: RunStore) -> None:
    for number in range(5):
        runs.create(WORKSPACE, f"r{number}", experiment=f"e{number % 2}", run_type="sweep" if number else "x")
    runs.update(WORKSPACE, "r4", hidden=True)
    first = runs.list(WORKSPACE, limit=2)
    assert [run.id for run in first] == ["r3", "r2"]
    assert [run.id for run in runs.list(WORKSPACE, before=first[-1].number)] == ["r1", "r0"]
    assert [run.id for run in runs.list(WORKSPACE, hidden=True)] == ["r4"]
    assert len(runs.list(WORKSPACE, hidden=None)) == 5
    odd = runs.experiment_store.named(WORKSPACE, "e1")
    assert odd and [run.id for run in runs.list(WORKSPACE, experiment_ids=[odd.id])] == ["r3", "r1"]
    assert [run.id for run in runs.list(WORKSPACE, run_types=["x"], statuses=["NotStarted"])] == ["r0"]
    assert runs.list(WORKSPACE, statuses=["Failed"]) == []


def test_metrics_keep_their_order_and_the_latest_is_by_step(runs: RunStore) -> None:
    runs.create(WORKSPACE, "r", experiment="e")
    for step, value in ((2, 0.5), (1, 0.7), (2, 0.6)):
        runs.log_metric(WORKSPACE, "r", "loss", value, step, 10.0)
    runs.log_metric(WORKSPACE, "r", "odd", math.nan)
    runs.log_metric(WORKSPACE, "r", "odd", math.inf, 1)
    assert [one.value for one in runs.metrics(WORKSPACE, "r", "loss")] == [0.5, 0.7, 0.6]
    assert runs.latest_metrics(WORKSPACE, "r")["loss"] == Metric("loss", 0.6, 2, 10.0)
    odd = [one.value for one in runs.metrics(WORKSPACE, "r", "odd")]
    assert math.isnan(odd[0]) and odd[1] == math.inf
    assert len(runs.metrics(WORKSPACE, "r")) == 5


def test_a_parameter_keeps_its_value(runs: RunStore) -> None:
    runs.create(WORKSPACE, "r", experiment="e")
    runs.log_params(WORKSPACE, "r", {"lr": "0.1", "größe": "✓"})
    runs.log_param(WORKSPACE, "r", "lr", "0.1")
    with refused(400, "'lr' of run 'r' was logged before with the value '0.1'"):
        runs.log_params(WORKSPACE, "r", {"new": "1", "lr": "0.2"})
    assert runs.require(WORKSPACE, "r").params == {"lr": "0.1", "größe": "✓"}


def test_subscribers_hear_of_every_value_until_they_leave(runs: RunStore) -> None:
    heard: list[MetricReport] = []
    leave = runs.subscribe(heard.append)
    runs.create(WORKSPACE, "r", experiment="e")
    runs.log_metric(WORKSPACE, "r", "auc", 0.9, 3, 1.0)
    leave()
    runs.log_metric(WORKSPACE, "r", "auc", 0.8)
    assert heard == [MetricReport(WORKSPACE.lower(), "r", Metric("auc", 0.9, 3, 1.0))]


def test_what_is_dropped_is_gone_with_all_that_it_had(runs: RunStore) -> None:
    for name in ("r", "s"):
        runs.create(WORKSPACE, name, experiment="e", tags={"a": "b"})
        runs.log_metric(WORKSPACE, name, "m", 1)
    assert runs.delete(WORKSPACE, "r") and not runs.delete(WORKSPACE, "r")
    again = runs.create(WORKSPACE, "r", experiment="e")
    assert again.tags == {} and runs.metrics(WORKSPACE, "r") == []
    runs.drop_workspace(WORKSPACE)
    assert runs.list(WORKSPACE) == [] and runs.experiments(WORKSPACE) == []


def test_runs_outlast_the_emulator(tmp_path: Path, registry: Registry, keyring: Keyring) -> None:
    first = Cloud(registry, keyring, tmp_path / "state.db")
    first.runs.create(WORKSPACE, "r", experiment="e", status="Running")
    first.runs.log_metric(WORKSPACE, "r", "auc", 0.5)
    first.close()
    second = Cloud(registry, keyring, tmp_path / "state.db")
    assert second.runs.require(WORKSPACE, "r").status == "Running"
    assert second.runs.latest_metrics(WORKSPACE, "r")["auc"].value == 0.5
    second.close()


def test_nothing_begins_in_an_archived_experiment(runs: RunStore) -> None:
    made = runs.experiment_store.create(WORKSPACE, "e")
    runs.experiment_store.update(made, archived=True)
    with refused(400, "'e' is archived"):
        runs.create(WORKSPACE, "r", experiment="e")

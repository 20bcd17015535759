"""The search, on tables where the answer is known."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import mlflow
import numpy
import pandas
import pytest

from course_runtime.emulator.engine.automl import search
from course_runtime.emulator.engine.automl.request import SearchRequest


def rings(rows: int = 240) -> pandas.DataFrame:
    """Inside a circle or not: trees see it, a straight line does not. Two columns are of no use."""
    generator = numpy.random.default_rng(0)
    table = pandas.DataFrame(generator.uniform(-1, 1, (rows, 2)), columns=["x", "y"])
    inside = (table.x**2 + table.y**2) < 0.5
    table["zone"] = numpy.where(table.x > 0, "east", "west")
    table["id"] = [f"row{number}" for number in range(rows)]
    table["constant"] = 1
    table["label"] = numpy.where(inside, "in", "out")
    table.loc[::17, "y"] = numpy.nan
    return table


def run(folder: Path, table: pandas.DataFrame, **wanted: Any) -> tuple[int, list[dict[str, Any]]]:
    table.to_csv(folder / "data.csv", index=False)
    fields = {"task": "classification", "target": "label", "metric": "accuracy", "folds": 3, **wanted}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(search.VARIABLE, SearchRequest(**fields).to_json())
        code = search.main([str(folder), str(folder / "data.csv")])
    file = folder / search.TRIALS
    return code, [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_the_better_algorithm_wins_and_its_model_loads(tmp_path: Path) -> None:
    code, trials = run(
        tmp_path, rings(), algorithms=("LogisticRegression", "RandomForest"), most_trials=3, ensemble=False
    )
    assert code == 0
    by_name = {trial["algorithm"]: trial["metrics"]["accuracy"] for trial in trials[:2]}
    assert by_name["RandomForest"] > 0.85 > by_name["LogisticRegression"]
    assert [trial["index"] for trial in trials] == [0, 1, 2]
    model = mlflow.pyfunc.load_model(str(tmp_path / "trial_1" / "mlflow-model"))
    columns = [column.name for column in model.metadata.get_input_schema().inputs]
    assert columns == ["x", "y", "zone"]
    ask = pandas.DataFrame({"x": [0.0, 0.95], "y": [0.1, 0.95], "zone": ["west", "east"]})
    assert list(model.predict(ask)) == ["in", "out"]


def test_the_ensemble_comes_last_and_counts_as_a_trial(tmp_path: Path) -> None:
    _, trials = run(tmp_path, rings(), algorithms=("KNN", "DecisionTree"), most_trials=3)
    assert [trial["algorithm"] for trial in trials] == ["KNN", "DecisionTree", "VotingEnsemble"]
    assert trials[2]["metrics"]["accuracy"] > 0.7


def test_the_exit_score_ends_the_search(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, trials = run(
        tmp_path, rings(), algorithms=("DecisionTree",), most_trials=10, exit_score=0.6, ensemble=False
    )
    assert len(trials) == 1
    assert "The exit score 0.6 is reached by trial 0" in capsys.readouterr().out


def test_a_trial_that_takes_too_long_is_canceled_and_the_next_one_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluate = search.evaluation.evaluate

    def slow_trees(problem: Any, algorithm: str, *more: Any) -> Any:
        if algorithm == "DecisionTree":
            time.sleep(30)
        return evaluate(problem, algorithm, *more)

    monkeypatch.setattr(search.evaluation, "evaluate", slow_trees)
    _, trials = run(
        tmp_path,
        rings(),
        algorithms=("DecisionTree", "KNN"),
        most_trials=2,
        seconds_a_trial=2.0,
        ensemble=False,
    )
    assert [trial["status"] for trial in trials] == ["Canceled", "Completed"]
    assert "not done after 2 seconds" in trials[0]["message"]


def test_an_algorithm_that_fails_does_not_end_the_search(tmp_path: Path) -> None:
    table = rings(60).assign(label=["rare"] + ["often"] * 59)
    code, trials = run(
        tmp_path, table, algorithms=("LinearSVM", "DecisionTree"), most_trials=2, ensemble=False
    )
    assert code == 0
    assert [trial["status"] for trial in trials] == ["Failed", "Completed"]


def test_regression_keeps_the_smallest_error_in_front(tmp_path: Path) -> None:
    generator = numpy.random.default_rng(2)
    table = pandas.DataFrame({"x": generator.uniform(0, 10, 150)})
    table["label"] = 3 * table.x + generator.normal(0, 0.5, 150)
    _, trials = run(
        tmp_path,
        table,
        task="regression",
        metric="normalized_root_mean_squared_error",
        algorithms=("ElasticNet", "KNN"),
        most_trials=2,
        ensemble=False,
    )
    assert all(trial["metrics"]["r2_score"] > 0.8 for trial in trials)


def test_a_weekly_pattern_is_forecast_by_who_looks_a_week_back(tmp_path: Path) -> None:
    days = pandas.date_range("2026-01-01", periods=70)
    shape = [0, 1, 5, 2, 8, 3, 9]
    table = pandas.concat(
        pandas.DataFrame({"day": days, "shop": shop, "label": [scale * shape[n % 7] for n in range(70)]})
        for shop, scale in (("a", 1.0), ("b", 4.0))
    )
    _, trials = run(
        tmp_path,
        table,
        task="forecasting",
        metric="normalized_root_mean_squared_error",
        algorithms=(
            "Naive",
            "SeasonalNaive",
            "Average",
            "SeasonalAverage",
            "ExponentialSmoothing",
            "DecisionTree",
        ),
        most_trials=6,
        ensemble=False,
        time_column="day",
        series=("shop",),
        horizon=7,
        season=7,
    )
    errors = {trial["algorithm"]: trial["metrics"]["root_mean_squared_error"] for trial in trials}
    assert errors["SeasonalNaive"] == errors["SeasonalAverage"] == 0
    assert min(errors["Naive"], errors["Average"], errors["ExponentialSmoothing"]) > 1
    assert errors["DecisionTree"] < errors["Average"]


def test_a_forecaster_loads_without_the_kit(tmp_path: Path) -> None:
    table = pandas.DataFrame({"day": pandas.date_range("2026-01-01", periods=30), "label": [1.0, 3.0] * 15})
    run(
        tmp_path,
        table,
        task="forecasting",
        metric="r2_score",
        algorithms=("SeasonalNaive",),
        most_trials=1,
        time_column="day",
        season=2,
        horizon=2,
    )
    program = (
        "import sys, builtins, pandas, mlflow\n"
        "sys.modules['course_runtime'] = None\n"
        f"model = mlflow.sklearn.load_model({str(tmp_path / 'trial_0' / 'mlflow-model')!r})\n"
        "print(model.predict(pandas.DataFrame({'day': ['2026-02-01', '2026-02-02']})).tolist())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert "[1.0, 3.0]" in done.stdout, done.stderr[-2000:]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            rings(20).rename(columns={"label": "outcome"}),
            "has no column 'label'. It has: x, y, zone, id, constant, outcome",
        ),
        (rings(20).assign(label="in"), "has one value only ('in')"),
        (rings(60)[["constant", "label"]], "No column but the target"),
    ],
)
def test_data_that_does_not_fit_is_told_in_a_sentence(
    tmp_path: Path, table: pandas.DataFrame, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, trials = run(tmp_path, table, algorithms=("KNN",))
    assert code == 1 and trials == []
    assert said in capsys.readouterr().err

"""AutoML as a step of a pipeline, written with `azure.ai.ml.automl`."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, Output, automl, dsl
from azure.core.exceptions import HttpResponseError

from course_runtime.emulator.engine.automl import request
from course_runtime.emulator.engine.pipelines import automl_step

from ..conftest import Lab
from .conftest import Make, read_output, steps

BEST = {"best_model": Output(type="mlflow_model")}
TABLE = """
columns = given["columns"].split(",")
def cells(n):
    a, b = n % 7, n % 5
    known = {"a": a, "b": b, "sum": 2 * a - b, "more": int(a > b), "day": f"2026-01-{n % 30 + 1:02}"}
    return [str(known[name]) for name in columns]
lines = [",".join(row) for row in (columns, *map(cells, range(30)))]
folder = pathlib.Path(given["table"])
(folder / "rows.csv").write_text("\\n".join(lines))
(folder / "MLTable").write_text("paths: [{file: ./rows.csv}]\\ntransformations: [{read_delimited: {delimiter: ','}}]")
"""
PREDICT = """
import mlflow, pandas
model = mlflow.pyfunc.load_model(given["model"])
put_file("answer", list(map(int, model.predict(pandas.DataFrame({"a": [6, 0], "b": [0, 4]})))))
"""


@pytest.fixture
def table(make: Make) -> Any:
    return make("table", TABLE, {"columns": "string"}, {"table": "mltable"})


@pytest.fixture
def predict(make: Make) -> Any:
    return make("predict", PREDICT, {"model": "mlflow_model"}, {"answer": "uri_folder"})


def classification(training: Any, target: Any = "more", **options: Any) -> Any:
    node = automl.classification(
        training_data=training,
        target_column_name=target,
        primary_metric="accuracy",
        n_cross_validations=2,
        outputs=BEST,
        **options,
    )
    node.set_limits(timeout_minutes=10, trial_timeout_minutes=2, max_trials=2)
    node.set_training(
        allowed_training_algorithms=["DecisionTree", "LogisticRegression"], enable_vote_ensemble=False
    )
    return node


def searching(table: Any, predict: Any) -> Any:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(columns: str, target: str):
        made = table(columns=columns)
        search = classification(made.outputs.table, target)
        answered = predict(model=search.outputs.best_model)
        return {"answer": answered.outputs.answer, "model": search.outputs.best_model}

    return pipeline


def test_a_search_takes_a_steps_table_and_gives_its_best_model_on(
    own_lab: Lab, table: Any, predict: Any, tmp_path: Path
) -> None:
    pipeline = searching(table, predict)
    done = own_lab.finished(pipeline(columns="a,b,more", target="more"))
    assert done.status == "Completed", own_lab.error(done)
    assert read_output(own_lab, done, "answer", tmp_path / "a") == {"value.txt": "[1, 0]"}
    assert own_lab.client.jobs.get(done.name).outputs["model"].type == "mlflow_model"

    search = steps(own_lab, done)["search"]
    assert search.type == "automl"
    best = search.properties["best_child_run_id"]
    trials = [one.name for one in own_lab.client.jobs.list(parent_job_name=search.name)]
    algorithms = {own_lab.client.jobs.get(name).properties.get("run_algorithm") for name in trials}
    assert algorithms == {"DecisionTree", "LogisticRegression", None}
    assert best in trials

    again = own_lab.finished(pipeline(columns="a,b,more", target="more"))
    reused = steps(own_lab, again)["search"]
    assert reused.properties["azureml.reusedrunid"] == search.name
    assert reused.properties["best_child_run_id"] == best
    other = own_lab.finished(pipeline(columns="b,a,more", target="more"))
    assert "azureml.reusedrunid" not in steps(own_lab, other)["search"].properties


def test_regression_and_forecasting_run_too(lab: Lab, table: Any) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        made = table(columns="a,b,sum")
        days = table(columns="day,sum")
        numbers = automl.regression(
            training_data=made.outputs.table,
            target_column_name="sum",
            primary_metric="r2_score",
            n_cross_validations=2,
            outputs=BEST,
        )
        numbers.set_limits(max_trials=1)
        numbers.set_training(allowed_training_algorithms=["ElasticNet"])
        future = automl.forecasting(
            training_data=days.outputs.table,
            target_column_name="sum",
            primary_metric="normalized_root_mean_squared_error",
            n_cross_validations=2,
            forecasting_settings=automl.ForecastingSettings(time_column_name="day", forecast_horizon=3),
        )
        future.set_limits(max_trials=1)
        future.set_training(allowed_training_algorithms=["Naive"])

    done = lab.finished(pipeline())
    assert done.status == "Completed", lab.error(done)
    found = steps(lab, done)
    assert [found[name].task_type.lower() for name in ("numbers", "future")] == ["regression", "forecasting"]
    assert all(found[name].properties["best_child_run_id"] for name in ("numbers", "future"))


def test_a_table_may_stand_in_the_step_itself(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(
        "\n".join(["a,more", *(f"{n % 9},{int(n % 9 > 4)}" for n in range(30))])
    )
    (tmp_path / "MLTable").write_text("paths: [{file: ./rows.csv}]\ntransformations: [{read_delimited: {}}]")

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        search = classification(Input(type="mltable", path=str(tmp_path)))
        search.set_limits(max_trials=1)

    done = lab.finished(pipeline())
    assert done.status == "Completed", lab.error(done)


def test_a_search_that_fails_fails_the_pipeline_with_its_own_words(
    lab: Lab, table: Any, predict: Any
) -> None:
    done = lab.finished(searching(table, predict)(columns="a,b,more", target="less"))
    assert done.status == "Failed"
    assert "The pipeline's step 'search' failed: The AutoML search failed" in lab.error(done)
    assert "'less'" in lab.error(done)
    assert set(steps(lab, done)) == {"made", "search"}


def test_what_cannot_be_searched_is_refused_when_the_pipeline_is_submitted(lab: Lab, table: Any) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        made = table(columns="a,b,more")
        search = classification(made.outputs.table)
        search.training.allowed_training_algorithms = ["LightGBM"]

    with pytest.raises(HttpResponseError, match="LightGBM is not in this kit"):
        lab.client.jobs.create_or_update(pipeline())


@pytest.mark.parametrize(
    ("training", "names"),
    [
        ({"allowed_training_algorithms": ["logistic_regression", "knn"]}, ("LogisticRegression", "KNN")),
        ({"allowed_training_algorithms": ["light_gbm", "svm"]}, ("SVM",)),
        ({"allowed_training_algorithms": ["bernoulli_naive_bayes"]}, ("BernoulliNaiveBayes",)),
    ],
)
def test_algorithms_are_known_by_their_snake_case_names(training: dict[str, Any], names: tuple[str]) -> None:
    node = {"task": "classification", "target_column_name": "y", "training": training}
    assert request.read(automl_step.details(node)).algorithms == names


def test_a_forecasts_settings() -> None:
    node = {
        "task": "forecasting",
        "target_column_name": "y",
        "n_cross_validations": "auto",
        "limits": {"timeout_minutes": 5, "trial_timeout_minutes": 2, "max_trials": 7},
        "forecasting": {
            "time_column_name": "day",
            "forecast_horizon": 12,
            "seasonality": "auto",
            "time_series_id_column_names": "['store', 'item']",
        },
    }
    found = request.read(automl_step.details(node))
    assert (found.time_column, found.series, found.horizon) == ("day", ("store", "item"), 12)
    assert (found.most_trials, found.seconds, found.seconds_a_trial) == (7, 300, 120)
    assert found.folds == request.FOLDS_BY_DEFAULT
    node["forecasting"] = {"time_column_name": "day", "time_series_id_column_names": "store"}
    assert request.read(automl_step.details(node)).series == ("store",)

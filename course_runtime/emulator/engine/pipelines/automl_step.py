"""From an AutoML node, which has no component, to the AutoML job that runs the step.

The SDK writes the node as its YAML says it, in snake case; a job's `taskDetails` are in camel case.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.engine.automl.request import ALGORITHMS, NOT_IN_THE_KIT
from course_runtime.emulator.engine.pipelines.steps import camel

Body = dict[str, Any]
DATA = {"training_data": "trainingData", "validation_data": "validationData"}
SECTIONS = {
    "limits": "limitSettings",
    "training": "trainingSettings",
    "featurization": "featurizationSettings",
    "forecasting": "forecastingSettings",
}
SINGLE = (
    *("target_column_name", "primary_metric", "weight_column_name", "validation_data_size"),
    *("cv_split_column_names", "positive_label", "log_verbosity"),
)
MINUTES = {"timeout_minutes": "timeout", "trial_timeout_minutes": "trialTimeout"}
COUNTS = ("forecast_horizon", "seasonality")
"""Numbers that may also be "auto"."""
BEST_MODEL = "best_model"


def specification(node: Mapping[str, Any]) -> Body:
    """What a component would say of it."""
    inputs = {name: {"type": "mltable"} for name in DATA if node.get(name)}
    outputs = {name: {"type": "mlflow_model"} for name in node.get("outputs") or {} if name == BEST_MODEL}
    return {"type": "automl", "inputs": inputs, "outputs": outputs}


def automl_job(spec: Body, node: Mapping[str, Any], inputs: Body, outputs: Body, compute: str | None) -> Body:
    """An AutoML job's properties. `inputs` and `outputs` are already in the REST API's form."""
    return {
        "jobType": "AutoML",
        "computeId": compute,
        "taskDetails": details(node) | {DATA[name]: given for name, given in inputs.items()},
        "outputs": outputs,
    }


def details(node: Mapping[str, Any]) -> Body:
    """A job's `taskDetails`, without the data."""
    found: Body = {"taskType": str(node.get("task")).capitalize()}
    found |= {camel(name): node[name] for name in SINGLE if node.get(name) is not None}
    if node.get("n_cross_validations") is not None:
        found["nCrossValidations"] = _count(node["n_cross_validations"])
    for name, section in SECTIONS.items():
        found[section] = {camel(key): value for key, value in (node.get(name) or {}).items()}
    found["limitSettings"] = _limits(node.get("limits") or {})
    found["trainingSettings"] |= _algorithms(str(node.get("task")), node.get("training") or {})
    found["forecastingSettings"] |= _forecasting(node.get("forecasting") or {})
    return found


def _limits(limits: Mapping[str, Any]) -> Body:
    return {
        MINUTES.get(name, camel(name)): f"PT{value}M" if name in MINUTES else value
        for name, value in limits.items()
    }


def _algorithms(task: str, training: Mapping[str, Any]) -> Body:
    """Their own names: `logistic_regression` is LogisticRegression."""
    names = {_plain(name): name for name in (*ALGORITHMS.get(task.lower(), ()), *NOT_IN_THE_KIT)}
    return {
        camel(field): [names.get(_plain(name), name) for name in training[field]]
        for field in ("allowed_training_algorithms", "blocked_training_algorithms")
        if training.get(field)
    }


def _plain(name: str) -> str:
    return str(name).replace("_", "").lower()


def _forecasting(forecasting: Mapping[str, Any]) -> Body:
    found: Body = {
        camel(name): _count(forecasting[name]) for name in COUNTS if forecasting.get(name) is not None
    }
    series = forecasting.get("time_series_id_column_names")
    if isinstance(series, str):
        found["timeSeriesIdColumnNames"] = _names(series)
    return found


def _names(text: str) -> list[str]:
    """One column's name, or a list of names: the SDK writes the list as Python's text for it."""
    try:
        listed = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return [text]
    return [str(one) for one in listed] if isinstance(listed, list | tuple) else [text]


def _count(given: Any) -> Body:
    is_number = str(given).isdecimal()
    return {"mode": "Custom", "value": int(given)} if is_number else {"mode": "Auto"}

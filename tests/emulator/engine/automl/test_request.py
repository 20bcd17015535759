"""What an AutoML job may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.engine.automl.request import CLASSIFICATION, SearchRequest, read
from course_runtime.emulator.kernel.errors import AzureError

BODY: dict[str, Any] = {
    "taskType": "Classification",
    "targetColumnName": "Diabetic",
    "primaryMetric": "AUCWeighted",
    "limitSettings": {"maxTrials": 5, "timeout": "PT1H", "trialTimeout": "PT20M", "exitScore": 0.9},
}


def test_the_limits_are_those_of_the_job() -> None:
    request = read(BODY)
    assert (request.most_trials, request.seconds, request.seconds_a_trial) == (5, 3600, 1200)
    assert (request.metric, request.exit_score, request.maximize) == ("AUC_weighted", 0.9, True)


def test_blocked_algorithms_do_not_run() -> None:
    request = read(
        BODY | {"trainingSettings": {"blockedTrainingAlgorithms": ["LogisticRegression", "LightGBM"]}}
    )
    assert request.algorithms == tuple(name for name in CLASSIFICATION if name != "LogisticRegression")


def test_allowed_algorithms_that_the_kit_lacks_are_named() -> None:
    request = read(BODY | {"trainingSettings": {"allowedTrainingAlgorithms": ["LightGBM", "KNN"]}})
    assert request.algorithms == ("KNN",)
    assert request.notes == ("LightGBM: not in this kit, so not tried.",)


def test_an_error_is_made_small() -> None:
    regression = {"taskType": "Regression", "targetColumnName": "y"}
    assert not read(regression).maximize
    assert read(regression | {"primaryMetric": "R2Score"}).maximize


def test_it_survives_the_way_into_the_sandbox() -> None:
    request = read(BODY | {"nCrossValidations": {"mode": "Custom", "value": 3}})
    assert SearchRequest.from_json(request.to_json()) == request


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"taskType": "ImageClassification"}, "AutoML for 'ImageClassification' is not done here"),
        ({"targetColumnName": None}, "needs target_column_name"),
        ({"primaryMetric": "R2Score"}, "'R2Score' is not one of classification"),
        (
            {
                "trainingSettings": {
                    "allowedTrainingAlgorithms": ["KNN"],
                    "blockedTrainingAlgorithms": ["KNN"],
                }
            },
            "KNN are both allowed and blocked",
        ),
        ({"trainingSettings": {"allowedTrainingAlgorithms": ["Perceptron"]}}, "no algorithm 'Perceptron'"),
        ({"trainingSettings": {"allowedTrainingAlgorithms": ["LightGBM"]}}, "LightGBM is not in this kit"),
        ({"trainingSettings": {"blockedTrainingAlgorithms": list(CLASSIFICATION)}}, "all were blocked"),
        ({"validationDataSize": 1.5}, "between 0 and 1, 1.5 came"),
        ({"nCrossValidations": {"mode": "Custom", "value": 1}}, "2 or more, 1 came"),
        ({"limitSettings": {"maxTrials": 0.5}}, "maxTrials must be a whole number"),
        ({"taskType": "Forecasting", "primaryMetric": None}, "time_column_name"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(change: dict[str, Any], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        read(BODY | change)
    assert said in refused.value.message

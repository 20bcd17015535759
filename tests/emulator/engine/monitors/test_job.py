"""A monitor from azure-ai-ml's MonitorSchedule to its alert."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import mlflow
import numpy
import pandas
import pytest
from azure.ai.ml import Input
from azure.ai.ml.entities import (
    AlertNotification,
    Data,
    DataDriftMetricThreshold,
    DataDriftSignal,
    MonitorDefinition,
    MonitoringTarget,
    MonitorSchedule,
    NumericalDriftMetrics,
    ProductionData,
    RecurrencePattern,
    RecurrenceTrigger,
    ReferenceData,
    ServerlessSparkCompute,
)

from course_runtime.emulator import Cloud

from ...services.ml import Workspace, ml_client

DAY = 86_400.0
OVER = ("Completed", "Failed", "Canceled")


@pytest.fixture
def client(signed_in: Cloud) -> Any:
    Workspace(signed_in, signed_in.add_workspace("rg", "ws"))
    return ml_client()


def register(client: Any, folder: Path, name: str, age: float) -> Input:
    """People of about that age, as an MLTable."""
    (folder / name).mkdir()
    ages = numpy.random.default_rng(1).normal(age, 10, 500)
    pandas.DataFrame({"Age": ages, "BMI": ages[::-1] * 0 + 31}).to_csv(
        folder / name / "people.csv", index=False
    )
    (folder / name / "MLTable").write_text(
        "paths: [{file: ./people.csv}]\ntransformations: [read_delimited]\n"
    )
    client.data.create_or_update(Data(name=name, version="1", type="mltable", path=str(folder / name)))
    return Input(type="mltable", path=f"azureml:{name}:1")


def monitor(reference: Input, production: Input) -> MonitorSchedule:
    signal = DataDriftSignal(
        reference_data=ReferenceData(input_data=reference, data_context="training"),
        production_data=ProductionData(input_data=production, data_context="model_inputs"),
        features=["Age"],
        metric_thresholds=DataDriftMetricThreshold(
            numerical=NumericalDriftMetrics(normalized_wasserstein_distance=0.1)
        ),
    )
    definition = MonitorDefinition(
        compute=ServerlessSparkCompute(instance_type="standard_e4s_v3", runtime_version="3.4"),
        monitoring_target=MonitoringTarget(ml_task="classification"),
        monitoring_signals={"ages": signal},
        alert_notification=AlertNotification(emails=["someone@workshop.example"]),
    )
    daily = RecurrenceTrigger(frequency="day", interval=1, schedule=RecurrencePattern(hours=3, minutes=15))
    return MonitorSchedule(name="drift", trigger=daily, create_monitor=definition)


def test_data_that_has_drifted_alerts_and_data_that_has_not_does_not(
    client: Any, signed_in: Cloud, tmp_path: Path
) -> None:
    before, same, older = (
        register(client, tmp_path, name, age) for name, age in (("before", 30), ("same", 30), ("older", 36))
    )
    alerts = []
    for production in (same, older):
        client.schedules.begin_create_or_update(monitor(before, production)).result()
        signed_in.advance(DAY)
        newest = next(iter(client.jobs.list()))
        while (job := client.jobs.get(newest.name)).status not in OVER:
            time.sleep(0.2)
        client.jobs.stream(job.name)
        mlflow.set_tracking_uri(client.workspaces.get("ws").mlflow_tracking_uri)
        run = mlflow.MlflowClient().get_run(job.name)
        assert "ages.Age.NormalizedWassersteinDistance" in run.data.metrics
        alerts.append((run.data.tags["alert"], run.data.tags["alerting"]))
    assert alerts == [("false", ""), ("true", "ages.Age.NormalizedWassersteinDistance")]

"""A monitor from azure-ai-ml's MonitorSchedule to its alert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlflow
import numpy
import pandas
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

from ..conftest import Lab

DAY = 86_400.0


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


def test_data_that_has_drifted_alerts_and_data_that_has_not_does_not(own_lab: Lab, tmp_path: Path) -> None:
    before, same, older = (
        register(own_lab.client, tmp_path, name, age)
        for name, age in (("before", 30), ("same", 30), ("older", 36))
    )
    alerts = []
    for production in (same, older):
        own_lab.client.schedules.begin_create_or_update(monitor(before, production)).result()
        own_lab.cloud.advance(DAY)
        job = own_lab.ended(next(iter(own_lab.client.jobs.list())))
        own_lab.client.jobs.stream(job.name)
        mlflow.set_tracking_uri(own_lab.client.workspaces.get("ws").mlflow_tracking_uri)
        run = mlflow.MlflowClient().get_run(job.name)
        assert "ages.Age.NormalizedWassersteinDistance" in run.data.metrics
        alerts.append((run.data.tags["alert"], run.data.tags["alerting"]))
    assert alerts == [("false", ""), ("true", "ages.Age.NormalizedWassersteinDistance")]

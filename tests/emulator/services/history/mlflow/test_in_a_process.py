"""MLflow in a process of its own, which knows the cloud by its environment alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from course_runtime.emulator import Cloud

from ...ml import Workspace
from ..conftest import tracking_uri

KERAS = """
import json
import keras, mlflow, numpy as np

mlflow.keras.autolog(log_models=False, log_datasets=False)
mlflow.set_experiment("keras")
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["mae"])
with mlflow.start_run() as run:
    model.fit(np.zeros((8, 2)), np.zeros(8), epochs=3, verbose=0)
client = mlflow.MlflowClient()
steps = [one.step for one in client.get_metric_history(run.info.run_id, "loss")]
kept = client.get_run(run.info.run_id)
print(json.dumps({"steps": steps, "params": kept.data.params, "status": kept.info.status}))
"""


def run(script: str, environment: dict[str, str]) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment, "MLFLOW_DISABLE_TELEMETRY": "true", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_keras_logs_each_epoch_by_itself(signed_in: Cloud, workspace: Workspace) -> None:
    environment = {**signed_in.environment(), "MLFLOW_TRACKING_URI": tracking_uri(workspace)}
    shown = run(KERAS, environment)
    assert shown["steps"] == [0, 1, 2] and shown["status"] == "FINISHED" and shown["params"]["epochs"] == "3"

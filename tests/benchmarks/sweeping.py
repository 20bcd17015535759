"""Eighteen trials of a Keras network on features that are there already: warm workers beside cold processes.

Three epochs each: what is compared is how a trial starts, and each further epoch costs both the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from course_runtime.emulator import EmulatorClient, Places

TRAIN = """
import argparse, pathlib
import h5py, keras, mlflow
parser = argparse.ArgumentParser()
for name, kind in {"data": str, "units": int, "l1": float, "l2": float}.items():
    parser.add_argument(f"--{name}", type=kind)
given = parser.parse_args()
keras.utils.set_random_seed(7)
parts = {}
for name in ("train", "valid"):
    with h5py.File(pathlib.Path(given.data, f"{name}.h5")) as file:
        parts[name] = (file["features"][:], file["labels"][:])
model = keras.Sequential([
    keras.Input((2048,)),
    keras.layers.Dense(given.units, activation="relu"),
    keras.layers.Dropout(0.5),
    keras.layers.Dense(6, activation="softmax", kernel_regularizer=keras.regularizers.L1L2(given.l1, given.l2)),
])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
history = model.fit(*parts["train"], validation_data=parts["valid"], epochs=3, batch_size=32, verbose=0)
mlflow.log_metric("validation_acc", history.history["val_accuracy"][-1])
"""
SUBMIT = """
import json, os, sys, time
import h5py, numpy
from azure.ai.ml import Input, MLClient, command
from azure.ai.ml.entities import AmlCompute, Environment
from azure.ai.ml.sweep import Choice
from azure.identity import DefaultAzureCredential

cold = sys.argv[1] == "cold"
generator = numpy.random.default_rng(1)
centres = generator.normal(0, 0.06, (6, 2048))
os.makedirs("features", exist_ok=True)
for name, count in (("train", 300), ("valid", 120)):
    labels = generator.integers(0, 6, count)
    with h5py.File(f"features/{name}.h5", "w") as file:
        file["features"] = (centres[labels] + generator.normal(0, 1, (count, 2048))).astype("float32")
        file["labels"] = numpy.eye(6, dtype="float32")[labels]
names = (os.environ[name] for name in ("AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZURE_WORKSPACE_NAME"))
client = MLClient(DefaultAzureCredential(), *names)
client.compute.begin_create_or_update(AmlCompute(name="bench", size="STANDARD_DS3_V2", max_instances=4)).result()
pip = ["tensorflow", "h5py", "mlflow", "azureml-mlflow"]
environment = Environment(
    name="bench-keras", image="python:3.11", conda_file={"dependencies": ["python=3.11", {"pip": pip}]}
)
job = command(
    inputs={"data": Input(type="uri_folder", path="features"), "units": 256, "l1": 0.01, "l2": 0.01},
    code="code",
    command="python train.py --data ${{inputs.data}} --units ${{inputs.units}} --l1 ${{inputs.l1}} --l2 ${{inputs.l2}}",
    environment=client.environments.create_or_update(environment),
    environment_variables={"AZUREML_EMULATOR_COLD_START": "1"} if cold else {},
    compute="bench",
)
rates = [0.001, 0.01, 0.05]
sweep = job(units=Choice([256, 512]), l1=Choice(rates), l2=Choice(rates)).sweep(
    sampling_algorithm="grid", primary_metric="validation_acc", goal="Maximize"
)
sweep.set_limits(max_total_trials=18, max_concurrent_trials=4)
started = time.perf_counter()
name = client.jobs.create_or_update(sweep).name
while (status := client.jobs.get(name).status) not in ("Completed", "Failed", "Canceled"):
    time.sleep(0.2)
seconds = time.perf_counter() - started
import mlflow
mlflow.set_tracking_uri(client.workspaces.get(client.workspace_name).mlflow_tracking_uri)
runs = mlflow.MlflowClient()
metrics = [runs.get_run(f"{name}_{n}").data.metrics.get("validation_acc") for n in range(18)]
print(json.dumps({"status": status, "seconds": seconds, "metrics": metrics}))
"""


def sweep(places: Places, *, cold: bool) -> dict[str, object]:
    """Its status, the seconds from submission to end, and each trial's metric."""
    cloud = EmulatorClient(places).personal()
    with tempfile.TemporaryDirectory(prefix="sweep-") as folder:
        (Path(folder) / "code").mkdir()
        (Path(folder) / "code" / "train.py").write_text(TRAIN)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", SUBMIT, "cold" if cold else "warm"],
            cwd=folder,
            env={**os.environ, **cloud.environment()},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"the sweep could not be run:\n{done.stderr[-2000:]}")
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found

"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import os
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace


@cache
def client(group, workspace):
    """Made once: each new credential asks for a token of its own."""
    from azure.ai.ml import MLClient
    from azure.identity import DefaultAzureCredential

    return MLClient(DefaultAzureCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], group, workspace)


def address(group, workspace):
    return client(group, workspace).workspaces.get(workspace).mlflow_tracking_uri


def track_in(group, workspace, experiment):
    import mlflow

    end_runs()
    mlflow.set_tracking_uri(address(group, workspace))
    mlflow.set_experiment(experiment)


def end_runs():
    """Runs that were left open would be in the next test's way."""
    import mlflow

    left = 0
    while mlflow.active_run():
        mlflow.end_run()
        left += 1
    return left


def autolog_off():
    import mlflow

    if "mlflow.sklearn" in sys.modules:
        mlflow.sklearn.autolog(disable=True)


def log_one(metric, value):
    """A run with one metric; what MLflow said when there was no experiment to track it in, else nothing."""
    import mlflow

    try:
        with mlflow.start_run():
            mlflow.log_metric(metric, value)
    except mlflow.exceptions.MlflowException as problem:
        return str(problem)
    return ""


def parameters_of_model(file):
    """The regularization rate of a kept model, and how many features it takes; nothing where there is no file."""
    import joblib

    if not Path(file).exists():
        return None
    model = joblib.load(file)
    return {"regularization": 1 / model.C, "features": int(model.n_features_in_)}


def submit(client, job):
    """A job is a dictionary of sorts, and would not cross the wire as what it is."""
    return client.jobs.create_or_update(job).name


def training_job(client, folder, *arguments):
    import exercise

    return submit(client, exercise.training_job(Path(folder), *arguments))


def describe(environment):
    return {"name": environment.name, "version": str(environment.version)}


def register(client, name, packages):
    import exercise

    return describe(exercise.register(client, name, packages))


def mend(client, job, name, packages):
    import exercise

    return describe(exercise.mend(client, job, name, packages))


def followed(client, job, every, at_most):
    """The statuses of a real job, and how the watch ended."""
    import exercise

    return _watch(exercise.follow(client, job, every=every, at_most=at_most), [], lambda: 0)


def followed_in_play(name, statuses, every, at_most):
    """The watch of a job that shows these statuses, one a look, and the last one for ever; an hour is a moment."""
    import exercise

    play = Play(name, statuses)
    watch = exercise.follow(
        play.client, name, every=every, at_most=at_most, sleep=play.sleep, clock=play.clock
    )
    told = _watch(watch, [], lambda: play.looks)
    return told | {"looks": play.looks, "waits": play.waits, "asked_for": sorted(play.asked_for)}


class Play:
    """A client whose job changes its status with each look, and a time that passes with each wait."""

    MOST_LOOKS = 10_000

    def __init__(self, name, statuses):
        self.statuses = list(statuses)
        self.looks = 0
        self.waits = []
        self.now = 1000.0
        self.asked_for = set()
        self.client = SimpleNamespace(jobs=SimpleNamespace(get=self.get))

    def get(self, name):
        self.asked_for.add(name)
        self.looks += 1
        if self.looks > self.MOST_LOOKS:
            raise RuntimeError(f"the job was looked at {self.MOST_LOOKS} times, and the watch goes on")
        status = self.statuses[min(self.looks, len(self.statuses)) - 1]
        return SimpleNamespace(name=name, status=status)

    def sleep(self, seconds):
        self.waits.append(float(seconds))
        self.now += seconds

    def clock(self):
        return self.now


def _watch(watch, told, looks):
    """Each status with the number of looks that it took, then the exception's type and words, if any."""
    seen = []
    try:
        for status in watch:
            told.append(str(getattr(status, "value", status)))
            seen.append(looks())
    except Exception as error:  # noqa: BLE001 - it is the student's, and told
        return {"statuses": told, "seen_at": seen, "error": type(error).__name__, "words": str(error)}
    return {"statuses": told, "seen_at": seen, "error": "", "words": ""}


def model_of(group, workspace, run, name, table):
    """What a run's model says of itself, and that it predicts."""
    import mlflow
    from mlflow.models import get_model_info

    mlflow.set_tracking_uri(address(group, workspace))
    where = f"runs:/{run}/{name}"
    told = {"problem": "", "inputs": [], "outputs": "", "regularization": 0.0}
    try:
        signature = get_model_info(where).signature
        model = mlflow.sklearn.load_model(where)
        model.predict(table[list(model.feature_names_in_)])
    except Exception as error:  # noqa: BLE001 - it is the student's, and told
        return told | {"problem": f"{type(error).__name__}: {error}"}
    if signature is not None:
        told["inputs"] = signature.inputs.input_names() if signature.inputs else []
        told["outputs"] = str(signature.outputs or "")
    return told | {"regularization": 1 / model.C}

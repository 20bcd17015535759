"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import os
import sys
from collections.abc import Iterable
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
    """A job is a dictionary of sorts, and would not cross the wire as what it is; nothing when it is none."""
    return None if job is None else client.jobs.create_or_update(job).name


def training_job(client, folder, *arguments):
    import exercise

    return submit(client, exercise.training_job(Path(folder), *arguments))


def describe(environment):
    """What a function returned for an environment; nothing when it is none."""
    if not hasattr(environment, "version"):
        return None
    return {"name": environment.name, "version": str(environment.version)}


def register(client, name, packages):
    import exercise

    return describe(exercise.register(client, name, packages))


def mend(client, job, name, packages):
    import exercise

    return describe(exercise.mend(client, job, name, packages))


def follow_job(client, job, every, at_most):
    """The statuses of a real job, and how the watch ended."""
    import exercise

    return _watch(exercise.follow(client, job, every=every, at_most=at_most), [], lambda: 0)


def follow(name, statuses, every, at_most, look):
    """The watch of a job that shows these statuses, one a look, and the last one for ever; an hour is a moment."""
    import exercise

    play = Play(name, statuses, look)
    watch = exercise.follow(
        play.client, name, every=every, at_most=at_most, sleep=play.sleep, clock=play.clock
    )
    told = _watch(watch, [], lambda: play.looks)
    return told | {"passed": play.now - play.START, "waits": play.waits, "asked_for": sorted(play.asked_for)}


class PlayedJobs:
    """Of a client's jobs, what a watch needs."""

    def __init__(self, get):
        self.get = get

    def __getattr__(self, name):
        raise AttributeError(f"the client that the check hands over has jobs.get and no jobs.{name}")


class Play:
    """A client whose job changes its status with each look, and a time that passes with looks and waits."""

    MOST_LOOKS = 10_000
    START = 1000.0

    def __init__(self, name, statuses, look):
        self.statuses = list(statuses)
        self.look = look
        self.looks = 0
        self.waits = []
        self.now = self.START
        self.asked_for = set()
        self.client = SimpleNamespace(jobs=PlayedJobs(self.get))

    def get(self, name):
        self.asked_for.add(name)
        self.looks += 1
        self.now += self.look
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
    """Each status with the number of looks that it took, then the exception's type and words, if any.

    `misshapen` says what came in place of statuses: the watch ends there, which might not end otherwise.
    """
    seen = []
    answer = {"statuses": told, "seen_at": seen, "error": "", "words": "", "misshapen": ""}
    if not isinstance(watch, Iterable):
        return answer | {"misshapen": f"it returned {watch!r}"}
    try:
        for status in watch:
            text = getattr(status, "value", status)
            if not isinstance(text, str):
                return answer | {"misshapen": f"it yielded the object {type(status).__name__}"}
            told.append(text)
            seen.append(looks())
    except Exception as error:  # noqa: BLE001 - it is the student's, and told
        return answer | {"error": type(error).__name__, "words": str(error)}
    return answer


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

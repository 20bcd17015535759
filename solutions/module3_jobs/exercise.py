# %% [markdown]
# # Module 3: Jobs and tracking
#
# A number without the code, the data and the parameters that made it is a rumour. In this module you keep what runs
# tell: from a notebook, from a script that runs as a job, from many runs at once; you mend an environment that a job
# fails in, and you watch a job without a widget. Read `README.md` beside this file first; then fill in the TODOs from
# top to bottom and run `workshop check module3` as often as you like. Half of 3.2 is in `train.py`.

# %%
from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import mlflow
import pandas as pd
from azure.ai.ml import Input, MLClient, command
from azure.ai.ml.entities import Command, Environment
from azure.core.exceptions import ResourceNotFoundError
from matplotlib.figure import Figure
from mlflow.models import infer_signature
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

FEATURES = [
    "Pregnancies",
    "PlasmaGlucose",
    "DiastolicBloodPressure",
    "TricepsThickness",
    "SerumInsulin",
    "BMI",
    "DiabetesPedigree",
    "Age",
]
LABEL = "Diabetic"

# %% [markdown]
# ## 3.1 A run in a notebook
#
# MLflow keeps what a run tells: numbers, curves, pictures, files. By default it keeps them in a folder on this
# machine. A workspace can take its place; then your colleagues see them too.


# %%
def track_in(client: MLClient, experiment: str) -> None:
    """Lead MLflow to the client's workspace: what is tracked from now on belongs to `experiment` there."""
    # TODO 3.1 Tell MLflow where to, and under which experiment.
    #   The workspace itself knows its tracking address.
    workspace = client.workspaces.get(client.workspace_name)
    mlflow.set_tracking_uri(workspace.mlflow_tracking_uri)
    mlflow.set_experiment(experiment)
    # END TODO


def look_at(table: pd.DataFrame) -> str:
    """A run that tells what the table holds; the run's id."""
    # TODO 3.1 Track one run.
    #   The metric "rows"; the metric "patients": at the step n, how many patients have had n pregnancies, for every n
    #   from 0 to the most; the picture "ages.png", a histogram of the column Age (use Figure, which needs no screen);
    #   and the file "outputs/sample.csv", the first 100 rows, without the index. A run is over when this function is,
    #   also when it fails in the middle: the run is then a failed one.
    with mlflow.start_run() as run:
        mlflow.log_metric("rows", len(table))
        patients = table["Pregnancies"].value_counts()
        for number in range(int(table["Pregnancies"].max()) + 1):
            mlflow.log_metric("patients", int(patients.get(number, 0)), step=number)
        figure = Figure()
        figure.subplots().hist(table["Age"], bins=20)
        mlflow.log_figure(figure, "ages.png")
        mlflow.log_text(table.head(100).to_csv(index=False), "outputs/sample.csv")
        return run.info.run_id
    # END TODO


# %% [markdown]
# ## 3.2 A script that runs as a job
#
# What is to run elsewhere is a script, and what may change is a parameter. `train.py` is half ready: mend it first, run
# it here (`workshop exec -- python train.py --data diabetes.csv`), and then say how it runs as a job.


# %%
def training_job(
    folder: Path, data: str, compute: str, environment: str, regularization: float, experiment: str
) -> Command:
    """The job that runs `train.py`, which lies in `folder`, on the data file at the address `data`."""
    # TODO 3.2 Describe the job; do not submit it.
    #   Give it two inputs, "data" (a uri_file) and "regularization" (a number), and let the command hand both to the
    #   script. Somebody who has the job can then change either without touching the command.
    return command(
        code=str(folder),
        command="python train.py --data ${{inputs.data}} --regularization ${{inputs.regularization}}",
        inputs={"data": Input(type="uri_file", path=data), "regularization": regularization},
        environment=environment,
        compute=compute,
        experiment_name=experiment,
    )
    # END TODO


# %% [markdown]
# ## 3.3 Many runs, and a parent to keep them together
#
# MLflow's *autolog* writes down what scikit-learn does: every parameter, the scores on the training data. A run inside
# a run is its child. Ten children under one parent are a table to sort; ten loose runs are a mess.


# %%
def fit(table: pd.DataFrame, regularization: float) -> tuple[LogisticRegression, float]:
    """A model and its accuracy on patients that it has not seen; ValueError for a rate that is not positive."""
    if regularization <= 0:
        raise ValueError(f"The regularization rate must be greater than 0; it is {regularization}.")
    x, unseen_x, y, unseen_y = train_test_split(table[FEATURES], table[LABEL], test_size=0.3, random_state=0)
    model = LogisticRegression(C=1 / regularization, solver="newton-cholesky").fit(x, y)
    return model, float(model.score(unseen_x, unseen_y))


def compare(table: pd.DataFrame, rates: Sequence[float]) -> str:
    """Fit a model for each regularization rate, each in a run of its own; the id of the runs' parent."""
    # TODO 3.3 Track a parent run and a child for each rate.
    #   Autolog writes each child's parameters, but no models: they are large. Besides, each child gets the parameter
    #   "regularization" and the metric "accuracy" (that of fit). A rate that fit refuses leaves a failed child, and the
    #   others go on. The parent gets the metric "best_accuracy", the parameter "best_regularization" (the first of
    #   those that share the best accuracy), and as "model" the best model, with its signature. Name its packages
    #   (pip_requirements=["scikit-learn"]): MLflow needs long to find them out.
    mlflow.sklearn.autolog(log_models=False, log_datasets=False, silent=True)
    best = None
    with mlflow.start_run() as parent:
        for rate in rates:
            try:
                with mlflow.start_run(nested=True):
                    mlflow.log_param("regularization", rate)
                    model, accuracy = fit(table, rate)
                    mlflow.log_metric("accuracy", accuracy)
            except ValueError:
                continue
            if best is None or accuracy > best[1]:
                best = model, accuracy, rate
        if best is not None:
            model, accuracy, rate = best
            mlflow.log_metric("best_accuracy", accuracy)
            mlflow.log_param("best_regularization", rate)
            signature = infer_signature(table[FEATURES], model.predict(table[FEATURES]))
            mlflow.sklearn.log_model(
                model,
                name="model",
                signature=signature,
                pip_requirements=["scikit-learn", "pandas"],
                skops_trusted_types=["numpy.dtype"],
            )
        return parent.info.run_id
    # END TODO


# %% [markdown]
# ## 3.4 An environment that fails, and its next version
#
# A job sees the packages of its environment and nothing besides, however much is installed where you wrote it. What
# is missing stands in the job's log. A version of an environment never changes: a mended one is another version, and
# the same content is the same version, whoever asks for it again.

# %%
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest"
PACKAGE_OF = {"sklearn": "scikit-learn", "PIL": "pillow", "yaml": "pyyaml"}
"""Packages that are named otherwise than the module that they bring; all others are named as it is."""


def log_of(client: MLClient, job: str) -> str:
    """All that the job's command has written."""
    mlflow.set_tracking_uri(client.workspaces.get(client.workspace_name).mlflow_tracking_uri)
    with tempfile.TemporaryDirectory() as folder:
        file = mlflow.MlflowClient().download_artifacts(job, "user_logs/std_log.txt", folder)
        return Path(file).read_text(encoding="utf-8")


def missing_module(log: str) -> str:
    """The module that a command did not find, empty when its log tells of none: `sklearn` for sklearn.svm."""
    # TODO 3.4 Find what Python says when a module is not there.
    #   Only the error counts that ended the command: it is the last line.
    lines = log.strip().splitlines()
    found = re.fullmatch(r"ModuleNotFoundError: No module named '([^']+)'", lines[-1] if lines else "")
    return found[1].split(".")[0] if found else ""
    # END TODO


def register(client: MLClient, name: str, packages: Sequence[str]) -> Environment:
    """The version of the environment `name` with these conda packages on IMAGE, made when there is none yet."""
    # TODO 3.4 Get the version, or make it.
    #   The same packages are the same version, in whatever order they come and whatever was registered since. Python
    #   3.11 and pip belong to each; they are not among `packages`. What is there is left as it is.
    dependencies = ["python=3.11", "pip", *sorted(set(packages))]
    version = hashlib.sha256(json.dumps([IMAGE, dependencies]).encode()).hexdigest()[:16]
    try:
        return client.environments.get(name, version=version)
    except ResourceNotFoundError:
        conda = {"name": "workshop", "channels": ["conda-forge"], "dependencies": dependencies}
        wanted = Environment(name=name, version=version, image=IMAGE, conda_file=conda)
        return client.environments.create_or_update(wanted)
    # END TODO


def mend(client: MLClient, job: str, name: str, packages: Sequence[str]) -> Environment:
    """For a job that failed in the environment `name` with `packages`: the version in which it finds its module."""
    # TODO 3.4 Put log_of, missing_module, PACKAGE_OF and register together.
    #   When the log tells of no missing module, another version would not help: raise LookupError.
    module = missing_module(log_of(client, job))
    if not module:
        raise LookupError(f"The job {job} did not fail for want of a module.")
    return register(client, name, [*packages, PACKAGE_OF.get(module, module)])
    # END TODO


# %% [markdown]
# ## 3.6 Watch a job without a widget
#
# A notebook's widget does not work in a terminal, in a pipeline or in next year's notebook. A loop does, if it
# remembers two things: jobs may fail, and jobs may never end.

# %%
OVER = ("Completed", "Failed", "Canceled", "NotResponding")


class JobFailed(Exception):
    """A job came to another end than Completed."""


def follow(
    client: MLClient,
    job: str,
    *,
    every: float = 1.0,
    at_most: float = 600.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[str]:
    """The job's statuses as they change, until it is over."""
    # TODO 3.6 Look at the job's status every so many seconds.
    #   Yield a status at once when it is another than the last one, the final one too; a job may go back to an
    #   earlier one. A job that ended, but not as Completed, then raises JobFailed with its name and status; one that
    #   is not over after `at_most` seconds raises TimeoutError with its name and last status. Wait with `sleep` and
    #   look at the time with `clock` only: a look takes time, too.
    deadline = clock() + at_most
    last = ""
    while True:
        status = client.jobs.get(job).status
        if status != last:
            last = status
            yield status
        if status == "Completed":
            return
        if status in OVER:
            raise JobFailed(f"The job {job} ended as {status}.")
        if clock() >= deadline:
            raise TimeoutError(f"The job {job} is still {status} after {at_most:g} seconds.")
        sleep(every)
    # END TODO

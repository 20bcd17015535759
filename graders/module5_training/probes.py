"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import os
import sys
from functools import cache
from pathlib import Path

import keras
import numpy as np

SEED = 5  # the same start of every training, so that a check can be repeated


def rested():
    """Between two trainings: the same chance, and none of the networks before."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(SEED)


# 5.1 ------------------------------------------------------------------------------------------------


def making_the_classifier(*arguments, **more):
    import exercise

    rested()
    return exercise.make_classifier(*arguments, **more)


def layers(model):
    """The layers that do something, in order: their kind and what matters about each; None where there is no model."""
    if not isinstance(model, keras.Model):
        return None
    return [
        {
            "kind": type(layer).__name__,
            "units": getattr(layer, "units", None),
            "rate": getattr(layer, "rate", None),
            "activation": getattr(getattr(layer, "activation", None), "__name__", None),
        }
        for layer in model.layers
        if type(layer).__name__ != "InputLayer"
    ]


def parameters(model):
    """How many there are; None while the network does not know how wide its input is."""
    return int(model.count_params()) if model.built else None


def measuring_the_penalty(model):
    """What the network adds to its loss for its weights, and the last kernel."""
    kernels = [one.numpy() for one in model.trainable_weights if len(one.shape) == 2]
    return {"added": float(sum(float(one) for one in model.losses)), "kernel": kernels[-1]}


def compiled(model):
    optimizer = model.optimizer
    return {
        "loss": str(getattr(model.loss, "__name__", model.loss)),
        "optimizer": type(optimizer).__name__,
        "learning_rate": float(optimizer.learning_rate),
    }


def training_it(model, features, labels, unseen, epochs):
    """The history's keys, and the probabilities for rows whose labels stay with the grader."""
    some = features[:12], labels[:12]
    told = model.fit(features, labels, validation_data=some, epochs=epochs, batch_size=16, verbose=0)
    return {"keys": sorted(told.history), "probabilities": model.predict(unseen, verbose=0)}


def keep(folder, rows):
    """A small model, saved by the student's function and read again by Keras alone."""
    import exercise

    model = making_the_classifier(24)
    model.fit(rows, np.eye(6)[[0] * len(rows)], verbose=0)
    answer = exercise.keep(model, Path(folder))
    told = {"answer": str(answer), "before": model.predict(rows, verbose=0)}
    if not Path(str(answer)).is_file():
        return told | {"problem": "there is no such file"}
    try:
        again = keras.models.load_model(str(answer))
    except Exception as error:  # noqa: BLE001 - the file is the student's, and what is wrong with it is told
        return told | {"problem": f"{type(error).__name__}: {error}"}
    return told | {
        "problem": "",
        "after": again.predict(rows, verbose=0),
        "ready": again.optimizer is not None and again.compiled,
    }


# 5.2 ------------------------------------------------------------------------------------------------


@cache
def client(group, workspace):
    from azure.ai.ml import MLClient
    from azure.identity import DefaultAzureCredential

    return MLClient(DefaultAzureCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], group, workspace)


def track_in(group, workspace, experiment):
    import mlflow

    while mlflow.active_run():
        mlflow.end_run()
    os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"
    mlflow.set_tracking_uri(client(group, workspace).workspaces.get(workspace).mlflow_tracking_uri)
    mlflow.set_experiment(experiment)


def a_training_without_validation(epochs):
    return a_training_with_validation(epochs)


def a_training_with_validation(epochs):
    """The student's callback, led through epochs with these logs as Keras would lead it, in a run of its own."""
    import exercise
    import mlflow

    callback = exercise.LogAccuracy()
    callback.set_params({"epochs": len(epochs), "steps": 2, "verbose": 0})
    callback.set_model(keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]))
    with mlflow.start_run() as run:
        callback.on_train_begin({})
        for number, logs in enumerate(epochs):
            callback.on_epoch_begin(number, {})
            for batch in range(2):
                callback.on_train_batch_begin(batch, {})
                callback.on_train_batch_end(batch, {"accuracy": 0.125, "loss": 9.0})
            callback.on_epoch_end(number, dict(logs))
        callback.on_train_end(dict(epochs[-1]))
        return run.info.run_id


def a_real_training(features, labels, epochs):
    """The same in a real training; the run, and Keras's own history."""
    import exercise
    import mlflow

    rested()
    model = keras.Sequential([keras.Input((features.shape[1],)), keras.layers.Dense(3, activation="softmax")])
    quick = keras.optimizers.Adam(learning_rate=0.05)
    model.compile(optimizer=quick, loss="categorical_crossentropy", metrics=["accuracy"])
    with mlflow.start_run() as run:
        told = model.fit(
            features,
            labels,
            validation_split=0.25,
            epochs=epochs,
            batch_size=8,
            verbose=0,
            callbacks=[exercise.LogAccuracy()],
        )
        return {"run": run.info.run_id, "history": {key: list(told.history[key]) for key in told.history}}


# 5.3 ------------------------------------------------------------------------------------------------


def get_ready():
    """The imports that each run of the script would make anew."""
    import joblib  # noqa: F401
    import sklearn.ensemble
    import sklearn.linear_model
    import sklearn.metrics
    import sklearn.model_selection  # noqa: F401


def kept_model(file):
    """What a kept model is, and its settings; nothing where there is no file."""
    import joblib

    if not Path(file).exists():
        return None
    found = joblib.load(file)
    names = ("C", "solver", "learning_rate", "n_estimators", "random_state")
    return {"kind": type(found).__name__, **{name: found.get_params().get(name) for name in names}}


# 5.4 ------------------------------------------------------------------------------------------------


def train_well(features, labels, valid, valid_labels, unseen):
    """The student's network's answers to the rows that it was trained with, and to others."""
    import exercise

    rested()
    model = exercise.train_well(features, labels, valid, valid_labels)
    if not isinstance(model, keras.Model):
        return {"instead": "None" if model is None else f"a {type(model).__name__}"}
    return {
        "trained": np.asarray(model.predict(features, verbose=0)),
        "unseen": np.asarray(model.predict(unseen, verbose=0)),
    }


# 5.5 ------------------------------------------------------------------------------------------------


def in_job(rank, size):
    """What MPI would have said to this process; None takes it away."""
    told = {
        "OMPI_COMM_WORLD_RANK": rank,
        "OMPI_COMM_WORLD_SIZE": size,
        "OMPI_COMM_WORLD_LOCAL_RANK": None if rank is None else 0,
    }
    for name, value in told.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = str(value)


def ranks_module():
    """train_ranks.py as a module; it imports group.py beside it."""
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    import train_ranks

    return train_ranks


def place_in_job(rank, size):
    """What the student's function returns, or in words what it raises."""
    module = ranks_module()
    in_job(rank, size)
    try:
        return module.place_in_job()
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001 - it is the student's, and told
        return f"an error, {type(error).__name__}: {error}"
    finally:
        in_job(None, None)


def shards(rows, size):
    """Each rank's rows, asked for twice."""
    shard = ranks_module().shard
    return [[[int(row) for row in shard(rows, rank, size)] for rank in range(size)] for _ in range(2)]


def submitting_the_job(client, folder, *arguments):
    """Makes the job and submits it: a job is a dictionary of sorts, and would not cross the wire as what it is."""
    import exercise
    from azure.ai.ml.entities import Command, CommandJob

    job = exercise.distributed_job(Path(folder), *arguments)
    if not isinstance(job, (Command, CommandJob)):
        return {"instead": repr(job)}
    return {"name": client.jobs.create_or_update(job).name}

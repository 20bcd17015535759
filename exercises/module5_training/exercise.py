# %% [markdown]
# # Module 5: Training
#
# Features become a model here: a small network on what ResNet50 has seen, a script that trains either of two models,
# a network that has learnt its tiles by heart and must unlearn it, and two processes that train one model together.
# Read `README.md` beside this file first.

# %%
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import keras
import mlflow
import numpy as np
from azure.ai.ml import Input, MpiDistribution, command
from azure.ai.ml.entities import Command

FEATURES = 2048
CLASSES = ["Barren", "Cultivated", "Developed", "Forest", "Herbaceous", "Shrub"]

# %% [markdown]
# ## 5.1 A classifier on features
#
# ResNet50 makes 2048 numbers of a tile. One hidden layer is enough to tell six land uses apart by them. The notebook
# that this comes from said `optimizer="adadelta"`, saved `aerial_classifier.hd5` and ran, in 2018.


# %%
def make_classifier(units: int = 512, l1: float = 0.01, l2: float = 0.01) -> keras.Model:
    """The network, compiled: from the features of a tile to the probability of each of the CLASSES."""
    # TODO 5.1 Build the network, and compile it.
    #   A dense layer of `units` with relu; a dropout of one half; a dense layer with softmax, whose kernel is penalised
    #   by l1 and l2. The loss is categorical_crossentropy, the only metric the accuracy. Choose an optimiser, and how
    #   fast it learns: 20 epochs of some hundred tiles are to be enough.
    raise NotImplementedError("TODO 5.1: Build the network, and compile it.")
    # END TODO


def keep(model: keras.Model, folder: Path) -> Path:
    """Saves the whole model, so that somebody else can go on with it; the file's path."""
    # TODO 5.1 Save the model as aerial_classifier, with an ending that Keras writes, and beside it classes.json.
    #   Both in `folder`, which may not be there yet. classes.json holds the list CLASSES: without it, six numbers are
    #   six numbers.
    raise NotImplementedError("TODO 5.1: Save the model as aerial_classifier, with an ending that Keras writes, and beside it classes.json.")
    # END TODO


# %% [markdown]
# ## 5.2 Tell how it goes
#
# Keras calls a *callback* while it trains: after each batch, after each epoch. What it hands over is a dictionary; look
# at its keys before you trust a page of 2018. Metrics go to the run that is open, one value an epoch, and become a
# curve in the studio. A sweep later looks for the names `training_acc` and `validation_acc`.


# %%
class LogAccuracy(keras.callbacks.Callback):
    """Logs training_acc and validation_acc to MLflow, once an epoch."""

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """Keras counts epochs from 0, and that number is the metric's step."""
        # TODO 5.2 Log both accuracies.
        #   Where there is nothing to validate with, log training_acc only.
        raise NotImplementedError("TODO 5.2: Log both accuracies.")
        # END TODO


# %% [markdown]
# ## 5.3 A script for either of two models
#
# Open `train.py` beside this file. Its parts are marked there. Try it with the table beside it:
# `workshop exec -- python train.py --data diabetes.csv --model boosting`.

# %% [markdown]
# ## 5.4 Learnt by heart
#
# One label in five is wrong in the features of this exercise. A network that is large enough and trains long enough
# learns those too. Try it: `python learn_by_heart.py` runs `first_run` and shows each epoch.


# %%
def make_network(columns: int, units: int, dropout: float, l1: float, l2: float) -> keras.Model:
    """The classifier of 5.1 for features of any width, with all its knobs."""
    penalties = keras.regularizers.L1L2(l1=l1, l2=l2)
    layers = [
        keras.Input((columns,)),
        keras.layers.Dense(units, activation="relu", kernel_regularizer=penalties),
        keras.layers.Dropout(dropout),
        keras.layers.Dense(len(CLASSES), activation="softmax", kernel_regularizer=penalties),
    ]
    model = keras.Sequential(layers)
    quick = keras.optimizers.Adam(learning_rate=0.003)
    model.compile(quick, "categorical_crossentropy", metrics=["accuracy"])
    return model


def first_run(
    features: np.ndarray, labels: np.ndarray, valid: np.ndarray, valid_labels: np.ndarray
) -> tuple[keras.Model, dict[str, list[float]]]:
    """What was tried first: the network, and its history."""
    model = make_network(features.shape[1], units=256, dropout=0.0, l1=0.0, l2=0.0)
    told = model.fit(
        features, labels, epochs=30, batch_size=32, verbose=0, validation_data=(valid, valid_labels)
    )
    return model, told.history


def look_at(history: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """What the history of a training says: `gap`, and `best_epoch`."""
    # TODO 5.4 Find how far training and validation are apart, and when the training should have ended.
    #   gap: the accuracy on the training data less that on the validation data, after the last epoch. best_epoch: the
    #   epoch, counted from 1, after which the validation loss was least; the first of those that share it.
    raise NotImplementedError("TODO 5.4: Find how far training and validation are apart, and when the training should have ended.")
    # END TODO


def train_well(
    features: np.ndarray, labels: np.ndarray, valid: np.ndarray, valid_labels: np.ndarray
) -> keras.Model:
    """A network that does as well with tiles it has not seen as with those that it was trained with."""
    # TODO 5.4 Train a network that generalises.
    #   On tiles that neither you nor it have seen, at least 70 percent right; and the accuracy on the training data at
    #   most 15 percentage points above that. One label in five is wrong there too, so nobody gets beyond 83 percent.
    raise NotImplementedError("TODO 5.4: Train a network that generalises.")
    # END TODO


# %% [markdown]
# ## 5.5 Two processes, one model
#
# What takes a day takes half a day when two processes share the rows, if they agree after each step. Open
# `train_ranks.py` and mend its four parts (`python train_ranks.py --data diabetes.csv` runs it as one process); then
# say how Azure ML starts two.


# %%
def distributed_job(code: Path, data: str, compute: str, environment: str) -> Command:
    """The job that runs train_ranks.py of the folder `code` on the table at the address `data`."""
    # TODO 5.5 Describe the job: one node, two processes, started by MPI.
    #   The table is an input, "data", a uri_file. Do not submit the job.
    raise NotImplementedError("TODO 5.5: Describe the job: one node, two processes, started by MPI.")
    # END TODO

# %% [markdown]
# # Module 4: Features from pictures
#
# Thousands of aerial tiles, each 224 x 224 pixels, each a land use: Barren, Cultivated, Developed, Forest,
# Herbaceous or Shrub. A network that was trained on other pictures turns each into 2048 numbers; those are small,
# quick to learn from, and computed once. Read `README.md` beside this file first.

# %%
from __future__ import annotations

import math
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np
from keras.applications.resnet50 import preprocess_input

if TYPE_CHECKING:
    from azure.ai.ml.entities import Command

SIDE = 224
# The published weights, unless the machine says where others are: a sandbox without a network, for instance.
WEIGHTS = os.environ.get("WORKSHOP_WEIGHTS", "imagenet")

# %% [markdown]
# ## 4.1 Read pictures batch by batch
#
# Five thousand tiles are 3 GB as floats. A generator keeps file names, and reads a batch when it is asked for one.
# Keras asks through `len(generator)` and `generator[i]`, from two threads here, so that the next batch is being read
# while the network works on this one.


# %%
class ImageGenerator(keras.utils.PyDataset):
    """The tiles below `img_dir`, whose sub-folders are the classes, in batches and in a random order."""

    def __init__(
        self, img_dir: str, preprocess_fn: Callable[[np.ndarray], np.ndarray], batch_size: int = 64
    ) -> None:
        super().__init__(workers=2)
        self.preprocess_fn = preprocess_fn
        self.batch_size = batch_size
        # TODO 4.1 Find the classes and the files, and shuffle the files.
        #   self.classes: the names of the sub-folders, sorted; a class's place in it is its label.
        #   self.files: (path, label) of each .png file, in a random order that never changes again.
        raise NotImplementedError("TODO 4.1: Find the classes and the files, and shuffle the files.")
        # END TODO

    def __len__(self) -> int:
        """How many batches there are."""
        # TODO 4.1 Count the batches, the last and smaller one too.
        raise NotImplementedError("TODO 4.1: Count the batches, the last and smaller one too.")
        # END TODO

    def __getitem__(self, index: int) -> np.ndarray:
        """The images of one batch, preprocessed: (at most batch_size, 224, 224, 3)."""
        # TODO 4.1 Read the files of this batch, and no others.
        raise NotImplementedError("TODO 4.1: Read the files of this batch, and no others.")
        # END TODO

    def get_labels(self) -> np.ndarray:
        """One row a file, one column a class, 1 where the file belongs; the rows in the order of the batches."""
        # TODO 4.1 Give the labels as they follow from self.files.
        raise NotImplementedError("TODO 4.1: Give the labels as they follow from self.files.")
        # END TODO


# %% [markdown]
# ## 4.2 Features from ResNet50, preprocessed once
#
# ResNet50 wants its pictures as it was trained: blue before red, the mean of ImageNet taken off. `preprocess_input`
# does that. Look closely at what else it does to the array that you hand to it.


# %%
def make_featurizer() -> keras.Model:
    """ResNet50 as a function from pictures to 2048 numbers each. It is not to be trained."""
    # TODO 4.2 Build ResNet50 without its top, pooled by the average.
    #   With the weights that WEIGHTS names, for pictures of 224 x 224 x 3, and frozen.
    raise NotImplementedError("TODO 4.2: Build ResNet50 without its top, pooled by the average.")
    # END TODO


def features_of_images(featurizer: keras.Model, images: np.ndarray) -> np.ndarray:
    """The features of pictures with values from 0 to 255: (N, 2048). `images` stay as they are."""
    # TODO 4.2 Preprocess a copy of the pictures, and predict.
    raise NotImplementedError("TODO 4.2: Preprocess a copy of the pictures, and predict.")
    # END TODO


def features_of_generator(featurizer: keras.Model, generator: ImageGenerator) -> np.ndarray:
    """The features of all pictures of a generator that preprocesses them itself: (N, 2048), in its order."""
    # TODO 4.2 Predict what the generator gives.
    raise NotImplementedError("TODO 4.2: Predict what the generator gives.")
    # END TODO


# %% [markdown]
# ## 4.3 A script that writes the features to a file
#
# Open `extract.py` beside this file. Its part is marked there.

# %% [markdown]
# ## 4.4 The script as a job
#
# Your machine is small. The same script runs as a job: its tiles come *in* as a download, its features go *out* as an
# upload. `azure.ai.ml` is imported where it is needed: the job itself does without.


# %%
def feature_job(
    code: str, tiles: str, features: str, compute: str, environment: str, batch_size: int = 64
) -> Command:
    """The job that runs extract.py of the folder `code` on the tiles at one address, its output at another."""
    from azure.ai.ml import Input, Output, command
    from azure.ai.ml.constants import AssetTypes, InputOutputModes

    # TODO 4.4 Describe the job: tiles are downloaded, features are uploaded.
    #   Inputs: tiles (a folder) and batch_size. Output: features (a folder). The command passes them on by name.
    raise NotImplementedError("TODO 4.4: Describe the job: tiles are downloaded, features are uploaded.")
    # END TODO


# %% [markdown]
# ## 4.5 Repair a script of 2018
#
# Open `legacy_extract.py`. It ran once. Three things in it are gone from TensorFlow, and two were wrong from the
# first day without anybody's seeing it.

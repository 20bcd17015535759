"""The scoring script of the tiles' service: what land each aerial picture shows, and how sure that is."""

from __future__ import annotations

import base64
import io
import json
import os
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras.applications.resnet50 import preprocess_input
from PIL import Image

SIDE = 224
# The published weights, unless the machine says where others are: a sandbox without a network, for instance.
WEIGHTS = os.environ.get("WORKSHOP_WEIGHTS", "imagenet")
# As the model was registered: a folder `aerial` that holds what `keep` of module 5 has written.
CLASSIFIER, CLASSES = "aerial/aerial_classifier.keras", "aerial/classes.json"
service: dict[str, Any] = {}


def init() -> None:
    """Azure calls this once, when the server starts."""
    # TODO 8.7 Build the featurizer, read the classifier and the names of its classes, and keep all three.
    #   The featurizer is that of 4.2: ResNet50 without its top, pooled by the average, with the weights that WEIGHTS
    #   names. AZUREML_MODEL_DIR names the folder in which Azure has put what was registered.
    raise NotImplementedError("TODO 8.7: Build the featurizer, read the classifier and the names of its classes, and keep all three.")
    # END TODO


def pixels(picture: str) -> np.ndarray:
    """The picture, a PNG in base64, as ResNet50's size has it: (224, 224, 3), red, green and blue from 0 to 255."""
    # TODO 8.7 Decode it, whatever its colours and its size are.
    #   Greyscale, a palette or transparency become red, green and blue. Another size becomes 224 x 224. What is no
    #   picture may raise what it likes: `run` makes an answer of it.
    raise NotImplementedError("TODO 8.7: Decode it, whatever its colours and its size are.")
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    """Azure calls this for each request, with its body as text: {"images": [a PNG in base64, ...]}."""
    # TODO 8.7 Answer {"classes": [a name for each picture], "probabilities": [that of each name]}, or {"error": "…"}.
    #   The features are those of pictures that went through preprocess_input once. What is not as expected is told in
    #   the answer, and never an exception: no JSON, no "images", a text that is no picture.
    raise NotImplementedError("TODO 8.7: Answer {\"classes\": [a name for each picture], \"probabilities\": [that of each name]}, or {\"error\": \"…\"}.")
    # END TODO

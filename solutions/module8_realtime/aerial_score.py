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
    models = Path(os.environ["AZUREML_MODEL_DIR"])
    service["featurizer"] = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    service["classifier"] = keras.models.load_model(models / CLASSIFIER)
    service["classes"] = json.loads((models / CLASSES).read_text(encoding="utf-8"))
    # END TODO


def pixels(picture: str) -> np.ndarray:
    """The picture, a PNG in base64, as ResNet50's size has it: (224, 224, 3), red, green and blue from 0 to 255."""
    # TODO 8.7 Decode it, whatever its colours and its size are.
    #   Greyscale, a palette or transparency become red, green and blue. Another size becomes 224 x 224. What is no
    #   picture may raise what it likes: `run` makes an answer of it.
    with Image.open(io.BytesIO(base64.b64decode(picture, validate=True))) as opened:
        return np.asarray(opened.convert("RGB").resize((SIDE, SIDE)), dtype="float32")
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    """Azure calls this for each request, with its body as text: {"images": [a PNG in base64, ...]}."""
    # TODO 8.7 Answer {"classes": [a name for each picture], "probabilities": [that of each name]}, or {"error": "…"}.
    #   The features are those of pictures that went through preprocess_input once. What is not as expected is told in
    #   the answer, and never an exception: no JSON, no "images", a text that is no picture.
    try:
        pictures = [pixels(one) for one in json.loads(raw_data)["images"]]
        features = service["featurizer"](preprocess_input(np.stack(pictures)))
    except Exception as problem:  # noqa: BLE001 - a damaged picture has many ways to say so
        return {
            "error": f'{{"images": [a PNG in base64, ...]}} was expected; {type(problem).__name__}: {problem}'
        }
    found = service["classifier"](features).numpy()
    return {
        "classes": [service["classes"][best] for best in found.argmax(axis=1)],
        "probabilities": [float(best) for best in found.max(axis=1)],
    }
    # END TODO

"""The scoring script: who of these people has diabetes, as far as eight numbers tell."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np

NAMES = ("not-diabetic", "diabetic")
FILE = "diabetes/weights.npz"  # as the model was registered: a folder `diabetes` with this file in it
model: dict[str, np.ndarray] = {}


def init() -> None:
    """Azure calls this once, when the server starts."""
    # TODO 8.1 Read the model, and keep it.
    #   AZUREML_MODEL_DIR names the folder in which Azure has put what was registered. The file holds the arrays
    #   `weights`, eight numbers, and `bias`, one.
    raise NotImplementedError("TODO 8.1: Read the model, and keep it.")
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    """Azure calls this for each request, with its body as text: {"data": [[eight numbers], ...]}."""
    # TODO 8.1 Answer {"predictions": [a name for each row]}, or {"error": "what is wrong"}.
    #   A person is "diabetic" when the sum of weights times numbers, plus bias, is above 0. What is not as expected is
    #   told in the answer, and never an exception: no JSON, no "data", rows that do not have eight numbers.
    raise NotImplementedError("TODO 8.1: Answer {\"predictions\": [a name for each row]}, or {\"error\": \"what is wrong\"}.")
    # END TODO

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
    with np.load(Path(os.environ["AZUREML_MODEL_DIR"]) / FILE) as kept:
        model.update({name: kept[name] for name in kept.files})
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    """Azure calls this for each request, with its body as text: {"data": [[eight numbers], ...]}."""
    # TODO 8.1 Answer {"predictions": [a name for each row]}, or {"error": "what is wrong"}.
    #   A person is "diabetic" when the sum of weights times numbers, plus bias, is above 0. What is not as expected is
    #   told in the answer, and never an exception: no JSON, no "data", rows that do not have eight numbers.
    try:
        rows = np.array(json.loads(raw_data)["data"], dtype=float)
    except (ValueError, KeyError, TypeError) as problem:
        return {
            "error": f'{{"data": [[eight numbers], ...]}} was expected; {type(problem).__name__}: {problem}'
        }
    if rows.ndim != 2 or rows.shape[1] != len(model["weights"]):
        return {
            "error": f"Rows of {len(model['weights'])} numbers were expected; the shape {rows.shape} came."
        }
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in rows @ model["weights"] + model["bias"]]}
    # END TODO

"""A scoring script that says what it takes and what it answers, to whoever asks for /swagger.json."""

from __future__ import annotations

import numpy as np
from inference_schema.parameter_types.numpy_parameter_type import NumpyParameterType
from inference_schema.parameter_types.standard_py_parameter_type import StandardPythonParameterType
from inference_schema.schema_decorators import input_schema, output_schema

NAMES = ("not-diabetic", "diabetic")
# A model so small that it needs no file.
WEIGHTS = np.array([0.4, 0.3, 0.1, -0.2, 0.1, 0.5, 0.3, 0.2])


def init() -> None:
    """Azure calls this once, when the server starts. There is nothing to read."""


# TODO 8.4 Describe `run` with two decorators, and write it.
#   input_schema shows the rows of a request, under the name `data`: two rows of eight decimal numbers, say.
#   output_schema shows a whole answer: {"predictions": [a name for each row]}. A person is "diabetic" when the sum of
#   WEIGHTS times numbers is above 0. The server reads the request's JSON, and hands over what stands under "data".
def run(data):
    raise NotImplementedError("TODO 8.4: Describe `run` with two decorators, and write it.")
# END TODO

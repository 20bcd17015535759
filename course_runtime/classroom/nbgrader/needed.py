"""nbgrader is for instructors, and need not be there."""

from __future__ import annotations

from importlib.util import find_spec

from course_runtime.grading import KitError


def require_nbgrader() -> None:
    if find_spec("nbgrader") is None:
        raise KitError(
            "nbgrader is not installed.",
            'Install it with `pip install "azureml-workshop[classroom]"` (Python 3.11 or later).',
        )

"""A trial's model as an MLflow model that loads without this kit."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_runtime.emulator.engine.automl import forecasting

if TYPE_CHECKING:
    from course_runtime.emulator.engine.automl.evaluation import Problem

LIBRARIES = ("scikit-learn", "pandas", "numpy", "scipy", "cloudpickle")


def save_model(model: Any, problem: Problem, folder: Path) -> None:
    from mlflow.models import infer_signature
    from mlflow.sklearn import save_model as save

    # It warns of pickle at every save; these models are ours, and loaded in the student's sandbox only.
    logging.getLogger("mlflow.sklearn").setLevel(logging.ERROR)
    sample = problem.inputs.head(3)
    signature = infer_signature(problem.inputs, model.predict(sample))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _code_inside():
        save(
            model,
            str(folder),
            signature=signature,
            serialization_format="cloudpickle",
            pip_requirements=_requirements(),
        )


@contextlib.contextmanager
def _code_inside() -> Iterator[None]:
    """Our own class goes into the file as code: who loads the model need not have the kit."""
    import cloudpickle  # type: ignore[import-untyped]

    cloudpickle.register_pickle_by_value(forecasting)
    try:
        yield
    finally:
        cloudpickle.unregister_pickle_by_value(forecasting)


def _requirements() -> list[str]:
    from importlib.metadata import version

    return [f"{name}=={version(name)}" for name in ("mlflow-skinny", *LIBRARIES)]

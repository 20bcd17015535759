"""The scoring script of MLflow models that are deployed to a batch endpoint without one."""

import os
from pathlib import Path
from typing import Any

READERS = {".csv": "read_csv", ".parquet": "read_parquet", ".json": "read_json"}


class Loaded:
    """The model that `init` has loaded; `run` is given nothing else to find it by."""

    model: Any = None


def init() -> None:
    import mlflow

    root = Path(os.environ["AZUREML_MODEL_DIR"])
    found = sorted(root.rglob("MLmodel"), key=lambda path: len(path.parts)) or sorted(root.glob("*/MLmodel"))
    if not found:
        raise FileNotFoundError(f"There is no file 'MLmodel' in the model's folder {root}.")
    Loaded.model = mlflow.pyfunc.load_model(str(found[0].parent))


def run(mini_batch: list[str]) -> Any:
    """A line for each row of each file: its number, what was predicted, and the file's name."""
    import pandas

    results = []
    for file in mini_batch:
        path = Path(file)
        if path.suffix.lower() not in READERS:
            raise ValueError(f"'{path.name}' cannot be read: files of {', '.join(READERS)} were expected.")
        predicted = pandas.DataFrame(
            Loaded.model.predict(getattr(pandas, READERS[path.suffix.lower()])(path))
        )
        predicted.insert(0, "row", range(len(predicted)))
        results.append(predicted.assign(file=path.name))
    return pandas.concat(results)

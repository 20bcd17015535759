"""The program of a batch deployment's step: Azure's variables around a scoring script that runs over mini-batches."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from course_runtime.emulator.engine.parallel import driver


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    at = words.index("--work")
    own = _parse(words[:at])
    os.environ["AZUREML_BI_OUTPUT_PATH"] = own.folder
    if own.model:
        os.environ["AZUREML_MODEL_DIR"] = str(_model_folder(Path(own.model), own.model_name))
    return driver.main(words[at + 1 :])


def _parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="batch scoring")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--model", default="")
    parser.add_argument("--model-name", default="")
    return parser.parse_args(words)


def _model_folder(model: Path, name: str) -> Path:
    """`.../azureml-models/NAME/VERSION/` with the model in it under its own name."""
    folder = Path(tempfile.mkdtemp()) / "azureml-models" / name
    folder.mkdir(parents=True)
    for one in [model] if model.is_file() else model.iterdir():
        (folder / one.name).symlink_to(one)
    return folder


if __name__ == "__main__":
    raise SystemExit(main())

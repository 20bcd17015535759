"""What is read from a model's own MLmodel file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml.entities import Model

SKLEARN = """
flavors:
  python_function: {loader_module: mlflow.sklearn, env: {conda: conda.yaml}}
  sklearn: {sklearn_version: 1.7.0, code: null}
signature: {inputs: '[{"type": "double"}]'}
"""


def register(client: Any, folder: Path, **more: Any) -> Any:
    return client.models.create_or_update(Model(name="m", path=str(folder), type="mlflow_model", **more))


def test_flavors_and_signature_become_the_models(client: Any, tmp_path: Path) -> None:
    (tmp_path / "MLmodel").write_text(SKLEARN)
    made = register(client, tmp_path, properties={"mine": "kept"})
    assert made.flavors["python_function"] == {
        "loader_module": "mlflow.sklearn",
        "env": '{"conda": "conda.yaml"}',
    }
    assert made.properties["flavors"] == "python_function,sklearn" and made.properties["mine"] == "kept"
    assert "signature" in made.properties["model_json"]


@pytest.mark.parametrize("text", ["{ not: [yaml", "- a list", "flavors: 7", "\x00"])
def test_a_file_that_cannot_be_read_says_nothing(client: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "MLmodel").write_text(text)
    assert not register(client, tmp_path).flavors

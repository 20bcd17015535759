"""What a deployment's process is begun with."""

from __future__ import annotations

from pathlib import Path

import pytest
from azure.ai.ml.entities import Environment

from course_runtime.emulator.pretrained import VARIABLE

from .conftest import Serving

READS = f"""
import os, pathlib

def init():
    pass

def run(raw_data):
    file = pathlib.Path(os.environ.get("{VARIABLE}", "/none"))
    return {{"holds": file.read_text() if file.exists() else None, "may_write": os.access(file, os.W_OK)}}
"""


def test_a_deployment_with_tensorflow_reads_the_weights(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weights.h5").write_text("the weights")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "weights.h5"))
    endpoint = serving.endpoint("weights")
    everything = Environment(name="any", version="1", image="contoso.example/everything:1")
    serving.deploy(endpoint, "all", READS, environment=everything)
    serving.deploy(endpoint, "without", READS)
    serving.traffic(endpoint, all=100)
    assert serving.post(endpoint, {}).json() == {"holds": "the weights", "may_write": False}
    without = serving.post(endpoint, {}, **{"azureml-model-deployment": "without"}).json()
    assert without["holds"] is None

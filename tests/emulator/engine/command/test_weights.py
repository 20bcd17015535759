"""A job with TensorFlow finds ResNet50's weights, and can only read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from azure.ai.ml.entities import Environment

from course_runtime.emulator.pretrained import VARIABLE

from ..conftest import Lab

ANY_PACKAGE = Environment(name="any", version="1", image="contoso.example/everything:1")
READS = f"""
import os, pathlib
file = pathlib.Path(os.environ.get("{VARIABLE}", "/none"))
print("It holds", file.read_text() if file.exists() else "nothing")
try:
    file.write_text("others")
except OSError as error:
    print("Not to be written:", error.strerror)
"""


@pytest.fixture(autouse=True)
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small file in the place of ninety megabytes."""
    file = tmp_path / "weights.h5"
    file.write_text("the weights")
    monkeypatch.setenv(VARIABLE, str(file))
    yield file
    assert file.read_text() == "the weights"


def test_a_job_reads_them(lab: Lab, code: Callable[..., Path]) -> None:
    log = lab.log(lab.run("python reads.py", code(reads=READS), environment=ANY_PACKAGE))
    assert "It holds the weights" in log
    assert "Not to be written:" in log


def test_a_job_may_name_others(lab: Lab, code: Callable[..., Path]) -> None:
    own = {VARIABLE: "reads.py"}
    job = lab.run("python reads.py", code(reads=READS), environment=ANY_PACKAGE, environment_variables=own)
    assert "It holds \nimport os, pathlib" in lab.log(job)


def test_a_job_without_tensorflow_is_told_of_none(lab: Lab, code: Callable[..., Path]) -> None:
    assert "It holds nothing" in lab.log(lab.run("python reads.py", code(reads=READS)))

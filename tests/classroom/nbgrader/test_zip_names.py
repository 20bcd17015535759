"""Whose a downloaded notebook is, as `nbgrader zip_collect` is told."""

from __future__ import annotations

import pytest

pytest.importorskip("nbgrader", reason='nbgrader comes with `pip install "azureml-workshop[classroom]"`')

from course_runtime.classroom.nbgrader.zip_names import student_and_file


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("meierandrea_LATE_1234_56789_exercise-2.ipynb", ("meierandrea_1234", "exercise.ipynb")),
        ("submissions/meier_1234_56789_exercise.ipynb", ("meier_1234", "exercise.ipynb")),
        ("Ann Lee_4711_assignsubmission_file_/exercise.ipynb", ("Ann Lee_4711", "exercise.ipynb")),
        ("meierandrea_1234_56789_module0/exercise.ipynb", ("meierandrea_1234", "exercise.ipynb")),
        ("alice/exercise.ipynb", ("alice", "exercise.ipynb")),
        ("alice/module0/exercise.ipynb", ("alice", "exercise.ipynb")),
        ("alice/module0_orientation/extract.py", ("alice", "extract.py")),
        ("alice_exercise.ipynb", ("alice", "exercise.ipynb")),
        ("alice.ipynb", ("alice", "exercise.ipynb")),
    ],
)
def test_student_and_file(inside: str, expected: tuple[str, str]) -> None:
    assert student_and_file(inside.split("/"), "module0") == expected

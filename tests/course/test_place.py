from __future__ import annotations

from pathlib import Path

from course_runtime.course.place import Place


def test_a_place_in_a_file_and_in_a_notebook() -> None:
    assert str(Place(Path("/home/ada/exercise.py"), 12)) == "exercise.py, line 12"
    assert str(Place(Path("exercise.ipynb"), 2, 4)) == "exercise.ipynb, cell 4, line 2"

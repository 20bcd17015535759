"""What a cell of points says where it can give none: a sentence, and nothing of the kit's own code."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.classroom.nbgrader.cell import Told, check_todo

from ..conftest import COURSE


def test_a_check_that_cannot_run_is_a_sentence_in_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKSHOP_CONTENT", str(COURSE))
    with pytest.raises(Told) as told:
        check_todo("module77", "77.1")
    shown = (
        told.value._render_traceback_()
    )  # what Jupyter asks an error for, and shows in a traceback's place
    assert "module77" in shown[0]
    assert all(len(line) <= 80 for line in shown)
    assert told.value.__suppress_context__

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from course_runtime.course.errors import CourseError
from course_runtime.course.lock import locked


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []
    entered = threading.Event()

    def second() -> None:
        entered.set()
        with locked(tmp_path / "lock"):
            order.append("second")

    with locked(tmp_path / "lock"):
        waiting = threading.Thread(target=second)
        waiting.start()
        entered.wait()
        waiting.join(0.05)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError), locked(tmp_path / "lock"):
        raise ValueError
    with locked(tmp_path / "lock"):
        pass


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="could not be written"), locked(tmp_path / "file" / "lock"):
        pass

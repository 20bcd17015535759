"""Warnings are told once, and where their reader can find them."""

from __future__ import annotations

from course_runtime.grading.warned import MOST, noted

IN_A_PACKAGE = "UserWarning: odd (/kit/lib/python3.11/site-packages/sklearn/metrics/_ranking.py:12)"


def place(file: str, line: int) -> str:
    return f"{file}, cell 6, line {line - 100}"


def test_a_line_of_theirs_is_named_in_their_words() -> None:
    [note] = noted(["RuntimeWarning: divided (by zero) (exercise.ipynb:127)"], place)
    assert note.endswith(": RuntimeWarning: divided (by zero) (exercise.ipynb, cell 6, line 27)")


def test_a_packages_file_is_named_without_the_way_to_it() -> None:
    [note] = noted([IN_A_PACKAGE], place)
    assert note.endswith(": UserWarning: odd (sklearn/metrics/_ranking.py, line 12)")


def test_the_same_warning_is_told_once() -> None:
    assert len(noted([IN_A_PACKAGE, "UserWarning: other", IN_A_PACKAGE], place)) == 2


def test_a_warning_without_a_place_is_told_as_it_is() -> None:
    [note] = noted(["UserWarning: of two\nlines"], place)
    assert note.endswith(": UserWarning: of two\nlines")


def test_many_warnings_are_cut() -> None:
    assert len(noted([f"UserWarning: {number}" for number in range(2 * MOST)], place)) == MOST

"""A failure inside a probe shows the student's lines, not the helper's."""

from __future__ import annotations

from course_runtime.grading.student import without_frames_of
from course_runtime.sandbox import Answer, Failure, Frame

HELPER = Frame("probes.py", 12, "generator", "return exercise.ImageGenerator(folder)")
OWN = Frame("exercise.py", 40, "__init__", "raise NotImplementedError")


def test_the_helpers_lines_are_left_out() -> None:
    answer = Answer(False, failure=Failure("exception", "NotImplementedError", "TODO 4.1", [HELPER, OWN]))
    found = without_frames_of("probes.py", answer).failure
    assert found is not None
    assert (found.type, found.message, found.frames) == ("NotImplementedError", "TODO 4.1", [OWN])


def test_what_went_well_stays_as_it_is() -> None:
    answer = Answer(True, value=3)
    assert without_frames_of("probes.py", answer) is answer

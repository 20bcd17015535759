from __future__ import annotations

from course_runtime.course.errors import CourseError


def test_an_error_reads_as_what_is_wrong_and_what_to_do() -> None:
    error = CourseError("The disk is full.", "Make room.")
    assert str(error) == "The disk is full. Make room."
    assert (error.message, error.next_step) == ("The disk is full.", "Make room.")
    assert str(CourseError("Only this.")) == "Only this."

from __future__ import annotations

import errno

import pytest

from course_runtime.cli.sentences import Sentence, sentence_for
from course_runtime.course import CourseError
from course_runtime.emulator import EmulatorUnavailable
from course_runtime.emulator.places import PlaceUnusable
from course_runtime.grading import KitError
from course_runtime.sandbox import SandboxError


@pytest.mark.parametrize("kind", [CourseError, KitError])
def test_our_own_errors_bring_their_words(kind: type[CourseError] | type[KitError]) -> None:
    assert sentence_for(kind("It is so.", "Do that.")) == Sentence("It is so.", "Do that.")


@pytest.mark.parametrize(
    ("error", "words", "next_step"),
    [
        (PlaceUnusable("The folder /x cannot be made."), "/x", ""),
        (EmulatorUnavailable("No emulator answers."), "No emulator", "workshop emulator stop"),
        (SandboxError("no zygote"), "no zygote", "workshop doctor"),
        (OSError(errno.ENOSPC, "No space", "/x"), "The disk is full: /x.", "Make room"),
        (OSError(errno.EROFS, "Read-only", "/x"), "The disk is read-only: /x.", "WORKSHOP_STATE"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error.", "Mend that"),
        (ValueError("odd"), "The kit itself broke: ValueError: odd.", "WORKSHOP_DEBUG=1"),
    ],
)
def test_every_error_says_what_to_do_next(error: Exception, words: str, next_step: str) -> None:
    sentence = sentence_for(error)
    assert words in sentence.message
    assert next_step in sentence.next_step


def test_a_sentence_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in str(Sentence("\x1b[2Jgone"))


def test_as_json_both_parts_stay_apart() -> None:
    assert Sentence("a", "b").as_json() == {"message": "a", "next_step": "b"}

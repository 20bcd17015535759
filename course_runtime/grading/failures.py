"""The two ways a check goes wrong: the student's answer fails, or the kit itself cannot go on."""

from __future__ import annotations


class StudentFailure(Exception):
    """The student's code did not do what was asked; the message is written for the student."""

    def __init__(self, message: str, *, kind: str = "failed") -> None:
        super().__init__(message)
        self.kind = kind
        """`timeout` when the code did not come to an end."""


class KitError(Exception):
    """The kit could not run: a sentence, and what to do next."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class SubmissionRefused(KitError):
    """What was handed in cannot be read as a submission: whoever checks it again finds the same."""

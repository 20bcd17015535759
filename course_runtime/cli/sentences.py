"""What went wrong, as a person would say it: one sentence, and what to do next."""

from __future__ import annotations

import errno
from dataclasses import dataclass

from course_runtime.grading.render import safe

MAKE_ROOM = "Make room, then run the same command again."
CHOOSE_ANOTHER = (
    "Choose a folder that you may write to (for the emulator's state: set WORKSHOP_STATE to one), "
    "then run the same command again."
)
REFUSALS = {
    errno.ENOSPC: ("The disk is full", MAKE_ROOM),
    errno.EDQUOT: ("Your disk quota is used up", MAKE_ROOM),
    errno.EROFS: ("The disk is read-only", CHOOSE_ANOTHER),
    errno.EACCES: ("Permission was refused", CHOOSE_ANOTHER),
    errno.EPERM: ("Permission was refused", CHOOSE_ANOTHER),
    errno.EMFILE: (
        "Too many files are open",
        "Close some programs, or raise the limit with `ulimit -n 4096`.",
    ),
}


@dataclass(frozen=True)
class Sentence:
    message: str
    next_step: str = ""

    def __str__(self) -> str:
        return safe(f"{self.message} {self.next_step}".strip())

    def as_json(self) -> dict[str, str]:
        return {"message": self.message, "next_step": self.next_step}


def sentence_for(error: BaseException) -> Sentence:
    from course_runtime.course import CourseError
    from course_runtime.emulator import EmulatorUnavailable, PlaceUnusable
    from course_runtime.grading import KitError
    from course_runtime.sandbox import SandboxError

    if isinstance(error, (CourseError, KitError)):
        return Sentence(error.message, error.next_step)
    if isinstance(error, PlaceUnusable):
        return Sentence(str(error))
    if isinstance(error, EmulatorUnavailable):
        return Sentence(str(error), "Run `workshop emulator stop`, then the same command again.")
    if isinstance(error, SandboxError):
        return Sentence(f"The sandbox could not be started: {error}.", "Run `workshop doctor`.")
    if isinstance(error, OSError):
        return _refused(error)
    return Sentence(
        f"The kit itself broke: {type(error).__name__}: {error}. This is not your fault.",
        "Set WORKSHOP_DEBUG=1 and run the same command again to see where, and tell who gave you the workshop.",
    )


def _refused(error: OSError) -> Sentence:
    words, next_step = REFUSALS.get(
        error.errno or 0, (error.strerror or str(error), "Mend that, then run it again.")
    )
    place = f": {error.filename}" if error.filename else ""
    return Sentence(f"{words}{place}.", next_step)

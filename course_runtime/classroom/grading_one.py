"""One submission of a class: written into a folder of its own, checked, and what came of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from course_runtime.classroom.contents import contents_of
from course_runtime.classroom.handed_in import HandedIn
from course_runtime.classroom.labels import readable
from course_runtime.classroom.refusal import Refused
from course_runtime.classroom.walls import require_walls
from course_runtime.course import Module
from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, KitError, PendingCheck, Result, SubmissionRefused

ATTEMPTS = 2
"""A submission may bring its grader down; what brings it down twice is said, and the others go on."""


@dataclass(frozen=True)
class Judged:
    state: Literal["graded", "refused", "failed"]
    message: str = ""
    result: Result | None = None


@dataclass
class Given:
    """What is graded, and where; `cancel` may come from another thread."""

    module: Module
    handed_in: HandedIn
    key: str
    digest: str
    """Of what was handed in when the class was entered into the book."""
    folder: Path
    seed: str
    content: Path
    places: Places
    unsandboxed: bool
    cancelled: bool = False
    pending: PendingCheck | None = field(default=None)

    def cancel(self) -> None:
        self.cancelled = True
        if self.pending is not None:
            self.pending.cancel()


def grade_one(given: Given) -> Judged:
    """Never raises: whatever one submission does, the class goes on."""
    try:
        contents = contents_of(given.handed_in, given.module)
        if contents.digest() != given.digest:
            return Judged("failed", f"{given.handed_in.shown} changed while the class was graded.")
        given.folder.mkdir()
        contents.write(given.folder)
        result = _checked(given)
        require_walls(result, given.unsandboxed)
    except (Refused, SubmissionRefused) as error:
        return Judged("refused", _without_scratch(str(error), given))
    except KitError as error:
        return Judged("failed", _without_scratch(str(error), given))
    except OSError as error:
        return Judged("failed", f"{error.strerror or error}: {readable(given.handed_in.student)}")
    finally:
        shutil.rmtree(given.folder, ignore_errors=True)
    result.file = given.handed_in.shown
    result.notes = [_without_scratch(note, given) for note in [*contents.notes, *result.notes]]
    return Judged("graded", "", result)


def _checked(given: Given) -> Result:
    request = CheckRequest(
        given.module.short,
        str(given.folder),
        where=str(given.folder),
        seed=given.seed,
        content=str(given.content),
    )
    for attempt in range(ATTEMPTS):
        given.pending = PendingCheck(request, given.places)
        if given.cancelled:
            raise KitError("The check was called off.")
        try:
            return given.pending.result()
        except SubmissionRefused:
            raise
        except KitError:
            if given.cancelled or attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError("the last attempt returns or raises")


def _without_scratch(text: str, given: Given) -> str:
    """A student knows their own folder, not ours."""
    own = f"{given.folder}/"
    return text.replace(own, "").replace(str(given.folder), f"the submission of {given.handed_in.student}")

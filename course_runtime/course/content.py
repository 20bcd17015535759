"""Where the course's content lies: solutions/, exercises/, graders/ and datasets/."""

from __future__ import annotations

import os
from pathlib import Path

from course_runtime.course.errors import CourseError

OVERRIDE = "WORKSHOP_CONTENT"
PACKAGE = Path(__file__).resolve().parent.parent
INSTALLED = PACKAGE / "_content"


def content_root() -> Path:
    override = os.environ.get(OVERRIDE)
    if override:
        return _with_solutions(Path(override).resolve(), f"{OVERRIDE} names {override}")
    if INSTALLED.is_dir():
        return INSTALLED
    return _with_solutions(PACKAGE.parent, f"the kit looked in {PACKAGE.parent}")


def checkout_root() -> Path | None:
    """The content root when people may work in its exercises/ directly; None for an installed kit."""
    try:
        root = content_root()
    except CourseError:
        return None
    return None if root == INSTALLED else root


def _with_solutions(root: Path, looked: str) -> Path:
    if (root / "solutions").is_dir():
        return root
    raise CourseError(
        f"The course's content was not found: {looked}, and there is no solutions folder there.",
        f"Install the kit again, or set {OVERRIDE} to a folder that holds solutions/ and exercises/.",
    )

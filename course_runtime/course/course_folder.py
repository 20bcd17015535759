"""Which folder the student works in."""

from __future__ import annotations

from pathlib import Path

from course_runtime.course.content import checkout_root
from course_runtime.course.model import Module

STATE_FOLDER = ".workshop"
COURSE_FILE = "course.toml"


def find_course_folder(cwd: Path) -> Path | None:
    """The nearest working copy; else the checkout, whose exercises/ may be edited in place; else None."""
    here = cwd.resolve()
    for folder in (here, *here.parents):
        if (folder / STATE_FOLDER / COURSE_FILE).is_file():
            return folder
    root = checkout_root()
    return root if root is not None and here.is_relative_to(root) else None


def module_folder(course_folder: Path, module: Module) -> Path:
    """Modules lie side by side in a working copy, and under exercises/ in a checkout."""
    own = course_folder / module.name
    if own.is_dir() or (course_folder / STATE_FOLDER / COURSE_FILE).is_file():
        return own
    return course_folder / "exercises" / module.name

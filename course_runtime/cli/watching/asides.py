"""What a key brings to the screen: a hint, or what to read."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from course_runtime.grading.render import safe

if TYPE_CHECKING:
    from course_runtime.course import Module


def hint(module: Module, todo_id: str, cwd: Path) -> list[str]:
    """The next one. It is shown even where it cannot be remembered that it was."""
    from course_runtime.cli.keeping import store_of
    from course_runtime.course import CourseError, next_hint

    try:
        given = next_hint(module, todo_id, store_of(cwd))
    except CourseError as error:
        return [safe(str(error))]
    more = "h gives the next one." if given.level < given.last_level else "That was the last one."
    return [f"Hint {given.level} of {given.last_level}: {safe(given.text)}", more]


def reading(module: Module, todo_id: str, cwd: Path) -> list[str]:
    """The pages by name and address; the first opens where there is a window to open it in."""
    links = module.todo(todo_id).docs
    if not links:
        return ["Nothing in particular to read; the module's README.md has what is needed."]
    if has_windows():
        from course_runtime.cli.docs import opened

        opened(links[0].url)
    return [line for link in links for line in (safe(link.title), safe(link.url))]


def has_windows() -> bool:
    """Without them a browser would be one for terminals, and take over this one."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

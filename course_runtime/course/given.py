"""What the kit gave the student: the sources of the exercise, and the files beside them."""

from __future__ import annotations

from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.render import exercise_text
from course_runtime.course.variants import read_source


def given_sources(module: Module) -> dict[str, str]:
    """The module's files and its extra scripts, by name."""
    scripts = [name for name in module.extra if name.endswith(".py")]
    return {
        **{name: _given_exercise(module, name) for name in module.files},
        **{name: read_source(module, name) for name in scripts},
    }


def given_files(module: Module) -> dict[str, bytes]:
    """The extra files that are not Python."""
    return {name: _content(module, name) for name in module.extra if not name.endswith(".py")}


def _given_exercise(module: Module, name: str) -> str:
    # Rendered afresh: in a checkout the student may be editing exercises/ itself.
    return exercise_text(read_source(module, name), name)


def _content(module: Module, name: str) -> bytes:
    try:
        return (module.folder / name).read_bytes()
    except OSError as error:
        raise CourseError(
            f"{module.folder / name} cannot be read: {error.strerror}.", "Mend the kit."
        ) from error

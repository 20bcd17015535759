"""All modules and tracks of a content root."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from course_runtime.course.content import content_root
from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module, Todo
from course_runtime.course.module_file import load_module, names_of, number_of
from course_runtime.course.tracks import Tracks, load_tracks


@dataclass(frozen=True)
class Catalogue:
    """A module is read when it is asked for: all of them take a hundredth of a second."""

    root: Path
    folders: tuple[Path, ...]
    """The modules', in their order."""

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        return tuple(map(load_module, self.folders))

    @cached_property
    def tracks(self) -> Tracks:
        return load_tracks(self.root)

    def module(self, name: str) -> Module:
        """Accepts 4, module4, module4_features and features."""
        wanted = name.strip().strip("/").lower()
        for folder in self.folders:
            if wanted in names_of(folder):
                return load_module(folder)
        raise self._no_such_module(wanted)

    def todo(self, todo_id: str) -> tuple[Module, Todo]:
        """Accepts 4.2 and "TODO 4.2"."""
        wanted = re.sub(r"^todo\s*", "", todo_id.strip(), flags=re.IGNORECASE)
        if not re.fullmatch(r"\d+\.\d+", wanted):
            raise CourseError(f"{todo_id!r} is not a TODO's id.", "Write it like 4.2.")
        module = self.module(wanted.split(".")[0])
        return module, module.todo(wanted)

    def numbered(self, number: int) -> Module | None:
        return next((module for module in self.modules if module.number == number), None)

    def _no_such_module(self, wanted: str) -> CourseError:
        number = re.fullmatch(r"(?:module)?(\d+)", wanted)
        planned = self.tracks.planned.get(int(number.group(1))) if number and len(wanted) < 20 else None
        known = ", ".join(module.short for module in self.modules) or "none"
        if re.fullmatch(r"\d+\.\d+", wanted):
            return CourseError(
                f"{wanted} is a TODO's number, and a module's is wanted here.",
                f"Write module{wanted.partition('.')[0]}.",
            )
        if planned:
            return CourseError(
                f"Module {planned.number}, {planned.title}, is not in the kit yet.",
                f"Modules in the kit: {known}.",
            )
        return CourseError(f"There is no module {wanted!r}.", f"Modules in the kit: {known}.")


def load_catalogue(root: Path | None = None) -> Catalogue:
    root = root or content_root()
    folders = sorted(module_folders(root), key=number_of)
    for first, second in pairwise(folders):
        if number_of(first) == number_of(second):
            raise CourseError(
                f"{first} and {second} have the same number.", "Give one of them another number."
            )
    return Catalogue(root, tuple(folders))


def module_folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in (root / "solutions").glob("module*/module.toml"))

"""All modules and tracks of a content root."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from course_runtime.course.content import content_root
from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module, Todo
from course_runtime.course.module_file import load_module
from course_runtime.course.tracks import Tracks, load_tracks


@dataclass(frozen=True)
class Catalogue:
    root: Path
    modules: tuple[Module, ...]
    tracks: Tracks

    def module(self, name: str) -> Module:
        """Accepts 4, module4, module4_features and features."""
        wanted = name.strip().strip("/").lower()
        for module in self.modules:
            if wanted in _names_of(module):
                return module
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
        if planned:
            return CourseError(
                f"Module {planned.number}, {planned.title}, is not in the kit yet.",
                f"Modules in the kit: {known}.",
            )
        return CourseError(f"There is no module {wanted!r}.", f"Modules in the kit: {known}.")


def load_catalogue(root: Path | None = None) -> Catalogue:
    root = root or content_root()
    modules = sorted((load_module(folder) for folder in module_folders(root)), key=lambda m: m.number)
    for first, second in pairwise(modules):
        if first.number == second.number:
            raise CourseError(
                f"{first.folder} and {second.folder} have the same number.",
                "Give one of them another number.",
            )
    return Catalogue(root, tuple(modules), load_tracks(root))


def module_folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in (root / "solutions").glob("module*/module.toml"))


def _names_of(module: Module) -> tuple[str, ...]:
    return (str(module.number), module.short, module.name, module.name.split("_", 1)[1])

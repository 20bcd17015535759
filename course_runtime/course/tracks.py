"""Tracks: which modules and TODOs, in which order. Read from tracks.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course_runtime.course.errors import CourseError
from course_runtime.course.toml_file import Table, read_toml

OWN_TRACKS = Path(__file__).with_name("tracks.toml")
DEFAULT_TRACK = "half-day"


@dataclass(frozen=True)
class Part:
    """A part takes whole modules, or single TODOs."""

    title: str
    minutes: int
    modules: tuple[int, ...]
    todos: tuple[str, ...]

    @property
    def module_numbers(self) -> tuple[int, ...]:
        named = [*self.modules, *(int(todo.split(".")[0]) for todo in self.todos)]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True)
class Track:
    name: str
    title: str
    minutes: int
    parts: tuple[Part, ...]

    @property
    def module_numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for part in self.parts for number in part.module_numbers))


@dataclass(frozen=True)
class PlannedModule:
    number: int
    title: str
    minutes: int


@dataclass(frozen=True)
class Tracks:
    tracks: tuple[Track, ...]
    planned: dict[int, PlannedModule]

    def track(self, name: str) -> Track:
        for track in self.tracks:
            if track.name == name:
                return track
        known = ", ".join(track.name for track in self.tracks)
        raise CourseError(f"There is no track {name!r}.", f"Choose one of: {known}.")


def load_tracks(root: Path | None = None) -> Tracks:
    """A content root may bring tracks of its own."""
    brought = root / "tracks.toml" if root else OWN_TRACKS
    table = read_toml(brought if brought.is_file() else OWN_TRACKS)
    table.only("track", "module")
    tracks = tuple(_track(row) for row in table.tables("track"))
    planned = [_planned(row) for row in table.tables("module")]
    return Tracks(tracks, {module.number: module for module in planned})


def _track(row: Table) -> Track:
    row.only("name", "title", "minutes", "part")
    parts = tuple(_part(part) for part in row.tables("part"))
    return Track(row.text("name"), row.text("title"), row.whole("minutes"), parts)


def _part(row: Table) -> Part:
    row.only("title", "minutes", "modules", "todos")
    return Part(row.text("title"), row.whole("minutes"), row.wholes("modules", ()), row.texts("todos", ()))


def _planned(row: Table) -> PlannedModule:
    row.only("number", "title", "minutes")
    return PlannedModule(row.whole("number"), row.text("title"), row.whole("minutes"))

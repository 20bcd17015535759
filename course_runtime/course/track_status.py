"""Where am I: the track, what is done, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.course_record import read_record
from course_runtime.course.model import Module, Todo
from course_runtime.course.progress import Progress
from course_runtime.course.progress_store import ProgressStore
from course_runtime.course.tracks import Part, Track

NOT_YET = "not in the kit yet"


@dataclass(frozen=True)
class ModuleStatus:
    """`todos` are those the track takes; `present` is False for a module the kit does not have yet."""

    number: int
    name: str
    title: str
    minutes: int
    present: bool
    todos: tuple[str, ...]
    missing_todos: tuple[str, ...]
    done: int
    total: int
    points: float
    max_points: int

    @property
    def state(self) -> str:
        if not self.present:
            return NOT_YET
        if self.total and self.done == self.total:
            return "done"
        return "in progress" if self.done or self.points else "to do"


@dataclass(frozen=True)
class PartStatus:
    title: str
    minutes: int
    modules: tuple[ModuleStatus, ...]


@dataclass(frozen=True)
class NextStep:
    module: Module
    todo: Todo
    command: str


@dataclass(frozen=True)
class Status:
    """`note` says when the progress file had to be set aside."""

    track: Track
    parts: tuple[PartStatus, ...]
    next: NextStep | None
    note: str = ""

    @property
    def modules(self) -> tuple[ModuleStatus, ...]:
        return tuple(module for part in self.parts for module in part.modules)

    @property
    def done(self) -> int:
        return sum(module.done for module in self.modules)

    @property
    def total(self) -> int:
        return sum(module.total for module in self.modules)

    @property
    def points(self) -> float:
        return sum(module.points for module in self.modules)

    @property
    def max_points(self) -> int:
        return sum(module.max_points for module in self.modules)


def status(course_folder: Path, catalogue: Catalogue) -> Status:
    track = catalogue.tracks.track(read_record(course_folder).track)
    progress = ProgressStore(course_folder).load()
    parts = tuple(_part(part, track, catalogue, progress) for part in track.parts)
    return Status(track, parts, _next_step(parts, catalogue, progress), progress.note)


@dataclass(frozen=True)
class Beyond:
    """The TODOs of a module that a track leaves out."""

    track: str
    todos: frozenset[str]


def beyond_track(course_folder: Path, module: Module, catalogue: Catalogue) -> Beyond | None:
    """None when the track takes all of the module, or nothing, or nobody has chosen one, as in a checkout."""
    record = read_record(course_folder)
    if not record.created:
        return None
    track = catalogue.tracks.track(record.track)
    taken = track_todos(module, track)
    left_out = frozenset(todo.id for todo in module.todos if todo not in taken)
    return Beyond(track.name, left_out) if taken and left_out else None


def track_todos(module: Module, track: Track) -> list[Todo]:
    """Those of the module that some part of the track takes."""
    return [
        todo for todo in module.todos if any(takes(todo, module.number, part, track) for part in track.parts)
    ]


def track_modules(track: Track, catalogue: Catalogue) -> tuple[Module, ...]:
    """The modules of a track that the kit has."""
    found = (catalogue.numbered(number) for number in track.module_numbers)
    return tuple(module for module in found if module is not None)


def _part(part: Part, track: Track, catalogue: Catalogue, progress: Progress) -> PartStatus:
    modules = (_module(number, part, track, catalogue, progress) for number in part.module_numbers)
    return PartStatus(part.title, part.minutes, tuple(modules))


def _module(number: int, part: Part, track: Track, catalogue: Catalogue, progress: Progress) -> ModuleStatus:
    module = catalogue.numbered(number)
    if module is None:
        return absent_module(number, part, catalogue)
    wanted = _todos_named(number, part)
    taken = [todo for todo in module.todos if takes(todo, number, part, track)]
    present = {todo.id for todo in module.todos}
    return ModuleStatus(
        number=number,
        name=module.name,
        title=module.title,
        minutes=module.minutes,
        present=True,
        todos=tuple(todo.id for todo in taken),
        missing_todos=tuple(todo_id for todo_id in wanted if todo_id not in present),
        done=sum(progress.of(todo.id).passed for todo in taken),
        total=len(taken),
        points=sum(min(progress.of(todo.id).points, todo.points) for todo in taken),
        max_points=sum(todo.points for todo in taken),
    )


def absent_module(number: int, part: Part, catalogue: Catalogue) -> ModuleStatus:
    planned = catalogue.tracks.planned.get(number)
    title, minutes = (planned.title, planned.minutes) if planned else (f"Module {number}", 0)
    wanted = _todos_named(number, part)
    return ModuleStatus(number, f"module{number}", title, minutes, False, (), wanted, 0, 0, 0, 0)


def _todos_named(number: int, part: Part) -> tuple[str, ...]:
    return tuple(todo for todo in part.todos if int(todo.split(".")[0]) == number)


def takes(todo: Todo, number: int, part: Part, track: Track) -> bool:
    if number in part.modules:
        return todo.in_track(track.name)
    return todo.id in part.todos


def _next_step(parts: tuple[PartStatus, ...], catalogue: Catalogue, progress: Progress) -> NextStep | None:
    for part in parts:
        for module in part.modules:
            for todo_id in module.todos:
                if not progress.of(todo_id).passed:
                    owner, todo = catalogue.todo(todo_id)
                    return NextStep(owner, todo, f"workshop check {owner.short} --todo {todo_id}")
    return None

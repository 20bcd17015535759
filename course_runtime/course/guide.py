"""The facilitator's guide of a track, as Markdown: all of it comes from the modules and from tracks.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.lesson import talking_points
from course_runtime.course.model import Module, Todo
from course_runtime.course.timing import shared_minutes
from course_runtime.course.track_status import NOT_YET, absent_module, takes
from course_runtime.course.tracks import Part, Track
from course_runtime.course.variants import Variant, load_variants

LESSON = "README.md"


@dataclass(frozen=True)
class Step:
    """A TODO in its place: when it begins, counted from the start of its part, and how long the room has for it."""

    module: Module
    todo: Todo
    begins: int
    minutes: int


def track_guide(name: str, catalogue: Catalogue) -> str:
    """CourseError when there is no such track."""
    track = catalogue.tracks.track(name)
    told: set[int] = set()
    lines = [*_opening(track), *_agenda(track, catalogue)]
    for number, part in enumerate(track.parts, start=1):
        lines += _part(number, part, track, catalogue, told)
    return "\n".join(lines).rstrip() + "\n"


def _opening(track: Track) -> list[str]:
    return [
        f"# {track.title}",
        "",
        f"Facilitator's guide for the track `{track.name}`: {track.minutes} minutes in {len(track.parts)} parts. "
        f"`workshop dev guide --track {track.name}` writes it anew from the modules.",
        "",
        "Beforehand, on each machine: `workshop doctor`, then "
        f"`workshop start my-course --track {track.name}`. In each part: say what it is about, let everybody work "
        "with `workshop docs`, `workshop hint` and `workshop check`, and end with the questions.",
        "",
    ]


def _agenda(track: Track, catalogue: Catalogue) -> Iterator[str]:
    yield from ("## Agenda", "", "Working time, without breaks.", "")
    yield from ("| from | to | part | TODOs |", "|---|---|---|---|")
    ends = list(accumulate(part.minutes for part in track.parts))
    for part, end in zip(track.parts, ends, strict=True):
        todos = ", ".join(step.todo.id for step in _steps(part, track, catalogue))
        missing = ", ".join(_missing(part, catalogue))
        what = "; ".join(text for text in (todos, f"{NOT_YET}: {missing}" if missing else "") if text)
        yield f"| {_clock(end - part.minutes)} | {_clock(end)} | {part.title} | {what} |"
    yield ""


def _part(number: int, part: Part, track: Track, catalogue: Catalogue, told: set[int]) -> Iterator[str]:
    steps = _steps(part, track, catalogue)
    yield from (f"## Part {number}: {part.title}", "")
    yield from _timing(part, steps)
    for missing in _missing(part, catalogue):
        yield from (f"*{missing} is {NOT_YET}.*", "")
    for module in dict.fromkeys(step.module for step in steps):
        yield from _module(module, first_time=module.number not in told)
        told.add(module.number)
        chaff = load_variants(module, "chaff")
        for step in steps:
            if step.module is module:
                yield from _todo(step.todo, [one for one in chaff if step.todo.id in one.todos])


def _timing(part: Part, steps: list[Step]) -> Iterator[str]:
    alone = sum(step.todo.minutes for step in steps)
    yield f"{part.minutes} minutes. Somebody who works alone needs {alone} for these TODOs."
    yield from ("", "| at | for | TODO | alone | points |", "|---|---|---|---|---|")
    for step in steps:
        todo = step.todo
        begins, room = _clock(step.begins), f"{step.minutes} min"
        yield f"| {begins} | {room} | {todo.id} {todo.title} | {todo.minutes} min | {todo.points} |"
    yield ""


def _module(module: Module, *, first_time: bool) -> Iterator[str]:
    yield from (f"### Module {module.number}: {module.title}", "", module.summary, "")
    lesson = module.folder / LESSON
    points = talking_points(lesson.read_text(encoding="utf-8")) if first_time and lesson.is_file() else []
    if points:
        yield from ("Talking points:", "")
        yield from (f"- **{point.heading}** {point.text}".rstrip() for point in points)
        yield ""


def _todo(todo: Todo, chaff: list[Variant]) -> Iterator[str]:
    yield from (f"#### {todo.id} {todo.title}", "")
    yield from (f"- To read: [{link.title}]({link.url})" for link in todo.docs)
    yield from (f"- Common mistake: {variant.why}" for variant in chaff)
    for asked in todo.quiz:
        yield f"- Ask: {asked.question} *{asked.answer}.* {asked.why}"
    yield ""


def _steps(part: Part, track: Track, catalogue: Catalogue) -> list[Step]:
    found = [
        (module, todo)
        for number in part.module_numbers
        if (module := catalogue.numbered(number)) is not None
        for todo in module.todos
        if takes(todo, number, part, track)
    ]
    minutes = shared_minutes([todo.minutes for _, todo in found], part.minutes)
    ends = accumulate(minutes)
    return [
        Step(module, todo, end - own, own)
        for (module, todo), own, end in zip(found, minutes, ends, strict=True)
    ]


def _missing(part: Part, catalogue: Catalogue) -> list[str]:
    """Modules and TODOs that the part asks for, and nobody has written yet."""
    absent = [number for number in part.module_numbers if catalogue.numbered(number) is None]
    modules = [f"Module {number}, {absent_module(number, part, catalogue).title}" for number in absent]
    todos = [
        f"TODO {todo_id}"
        for todo_id in part.todos
        if (module := catalogue.numbered(int(todo_id.split(".")[0]))) is not None
        and all(todo.id != todo_id for todo in module.todos)
    ]
    return modules + todos


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"

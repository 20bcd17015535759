"""`workshop start`: gives the exercises, and never takes away what a student wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.course.atomic import read_if_there, write_atomic
from course_runtime.course.builder import generated_files
from course_runtime.course.catalogue import Catalogue
from course_runtime.course.course_folder import COURSE_FILE, STATE_FOLDER
from course_runtime.course.course_record import (
    CourseRecord,
    digest,
    kit_version,
    read_given,
    read_record,
    write_given,
    write_record,
)
from course_runtime.course.errors import CourseError
from course_runtime.course.progress_store import utc_now
from course_runtime.course.track_status import track_modules
from course_runtime.course.tracks import DEFAULT_TRACK


@dataclass
class StartReport:
    """Names are paths inside the folder. `kept` are the student's; a newer edition of them exists."""

    folder: Path
    track: str
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    not_yet: list[str] = field(default_factory=list)


def start(directory: Path, track: str | None, catalogue: Catalogue) -> StartReport:
    """Run again, it updates what was given and not touched since."""
    folder = directory.absolute()
    _refuse_the_kit_itself(folder, catalogue)
    record = _record(folder, track)
    chosen = catalogue.tracks.track(record.track)
    report = StartReport(folder, chosen.name)
    given = read_given(folder)
    try:
        for module in track_modules(chosen, catalogue):
            for name, content in generated_files(module).items():
                _give(folder, f"{module.name}/{name}", content, given, report)
    finally:
        _remember(folder, given)
    write_record(folder, record)
    report.not_yet = _not_yet(catalogue, chosen.module_numbers)
    return report


def _refuse_the_kit_itself(folder: Path, catalogue: Catalogue) -> None:
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file.", "Name a folder, or a name that is not taken yet.")
    for own in ("solutions", "graders", "exercises", "datasets"):
        if folder.resolve().is_relative_to((catalogue.root / own).resolve()):
            raise CourseError(
                f"{folder} is inside the kit's own {own} folder.", "Choose a folder of your own."
            )


def _record(folder: Path, track: str | None) -> CourseRecord:
    if (folder / STATE_FOLDER / COURSE_FILE).is_file():
        old = read_record(folder)
        return CourseRecord(track or old.track, kit_version(), old.created)
    return CourseRecord(track or DEFAULT_TRACK, kit_version(), utc_now())


def _give(folder: Path, name: str, content: bytes, given: dict[str, str], report: StartReport) -> None:
    path = folder / name
    present = read_if_there(path)
    if present is None:
        write_atomic(path, content)
        report.created.append(name)
    elif present != content and digest(present) == given.get(name):
        write_atomic(path, content)
        report.updated.append(name)
    elif present != content:
        if given.get(name) != digest(content):
            report.kept.append(name)
        return
    given[name] = digest(content)


def _remember(folder: Path, given: dict[str, str]) -> None:
    if given:
        write_given(folder, given)


def _not_yet(catalogue: Catalogue, numbers: tuple[int, ...]) -> list[str]:
    absent = [number for number in numbers if catalogue.numbered(number) is None]
    planned = catalogue.tracks.planned
    return [
        f"module{number} {planned[number].title}" if number in planned else f"module{number}"
        for number in absent
    ]

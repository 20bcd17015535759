"""What a working copy knows of itself: .workshop/course.toml and .workshop/given.json."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from course_runtime.course.atomic import write_text_atomic
from course_runtime.course.course_folder import COURSE_FILE, STATE_FOLDER
from course_runtime.course.toml_file import read_toml, toml_text
from course_runtime.course.tracks import DEFAULT_TRACK

FORMAT = 1


@dataclass(frozen=True)
class CourseRecord:
    track: str
    kit_version: str
    created: str


def read_record(course_folder: Path) -> CourseRecord:
    """A checkout used directly has no record, and follows the default track."""
    path = course_folder / STATE_FOLDER / COURSE_FILE
    if not path.is_file():
        return CourseRecord(DEFAULT_TRACK, kit_version(), "")
    table = read_toml(path)
    return CourseRecord(table.text("track"), table.text("kit_version", ""), table.text("created", ""))


def write_record(course_folder: Path, record: CourseRecord) -> None:
    lines = (
        f"format = {FORMAT}",
        f"track = {toml_text(record.track)}",
        f"kit_version = {toml_text(record.kit_version)}",
        f"created = {toml_text(record.created)}",
    )
    write_text_atomic(course_folder / STATE_FOLDER / COURSE_FILE, "\n".join(lines) + "\n")


def read_given(course_folder: Path) -> dict[str, str]:
    """The hash of each file as it was given. Without it every file counts as changed by the student."""
    try:
        document = json.loads((course_folder / STATE_FOLDER / "given.json").read_bytes())
        return {str(name): str(digest) for name, digest in document["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_given(course_folder: Path, given: dict[str, str]) -> None:
    document = {"format": FORMAT, "files": dict(sorted(given.items()))}
    write_text_atomic(course_folder / STATE_FOLDER / "given.json", json.dumps(document, indent=1) + "\n")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kit_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("azureml-workshop")
    except PackageNotFoundError:
        return "unreleased"

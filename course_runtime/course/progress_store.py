"""progress.json in the course folder: it travels with the folder, and several writers may use it at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from course_runtime.course.atomic import refused, write_text_atomic
from course_runtime.course.course_folder import STATE_FOLDER
from course_runtime.course.errors import CourseError
from course_runtime.course.lock import locked
from course_runtime.course.progress import (
    FORMAT,
    Outcome,
    Progress,
    TodoProgress,
    after_check,
    from_document,
    merged,
    to_document,
)


class ProgressStore:
    def __init__(self, course_folder: Path) -> None:
        self.path = course_folder / STATE_FOLDER / "progress.json"

    def load(self) -> Progress:
        """A damaged file is set aside under another name, and the note says so."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return Progress()
        except OSError as error:
            raise CourseError(
                f"{self.path} cannot be read: {error.strerror}.", "Mend its permissions."
            ) from error
        return self._parsed(content)

    def record(self, outcomes: Iterable[Outcome], now: str | None = None) -> Progress:
        checked, time = list(outcomes), now or utc_now()
        return self._change(lambda progress: after_check(progress, checked, time))

    def record_hint(self, todo_id: str, level: int) -> Progress:
        return self._change(lambda progress: progress.with_todo(todo_id, TodoProgress(hints_used=level)))

    def merge(self, other: Progress) -> Progress:
        """Takes over what was reached elsewhere, for instance on another machine."""
        return self._change(lambda progress: merged(progress, other))

    def _change(self, step: Callable[[Progress], Progress]) -> Progress:
        with locked(self.path.with_suffix(".lock")):
            changed = step(self.load())
            write_text_atomic(
                self.path, json.dumps(to_document(changed), indent=1, ensure_ascii=False) + "\n"
            )
        return changed

    def _parsed(self, content: bytes) -> Progress:
        try:
            document = json.loads(content.decode("utf-8"))
            newer = int(document.get("format", FORMAT)) > FORMAT
            if not newer:
                return from_document(document)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return self._set_aside()
        raise CourseError(
            f"{self.path} was written by a newer kit (format {document['format']}, this kit knows {FORMAT}).",
            "Update the kit; your progress is kept as it is.",
        )

    def _set_aside(self) -> Progress:
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
        kept = self.path.with_name(f"progress-damaged-{stamp}.json")
        try:
            self.path.replace(kept)
        except FileNotFoundError:
            return self.load()
        except OSError as error:
            raise refused(kept, error) from error
        note = f"{self.path} was damaged and is kept as {kept.name}. Progress starts anew: check again."
        return replace(Progress(), note=note)


def utc_now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

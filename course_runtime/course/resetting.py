"""`workshop reset`: a TODO or a module as it was given, the student's own kept as a backup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from course_runtime.course.atomic import read_if_there, write_atomic
from course_runtime.course.builder import generated_files
from course_runtime.course.catalogue import Catalogue
from course_runtime.course.course_folder import STATE_FOLDER, find_course_folder
from course_runtime.course.decoding import python_bytes
from course_runtime.course.errors import CourseError
from course_runtime.course.finding import find_submission, find_target
from course_runtime.course.model import MAIN_NOTEBOOK, Module
from course_runtime.course.notebook_source import notebook_source
from course_runtime.course.restoring import restored_notebook, restored_text
from course_runtime.course.submission import Submission

TODO = re.compile(r"(?:todo\s*)?(\d+\.\d+)", re.IGNORECASE)


@dataclass
class ResetReport:
    """`files` are those put back; each has its backup in `backups`, unless it was not there before."""

    target: str
    files: list[Path] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)

    @property
    def message(self) -> str:
        if not self.files:
            return f"{self.target} is already as it was given."
        put_back = ", ".join(str(path) for path in self.files)
        kept = ", ".join(str(path) for path in self.backups)
        return f"{self.target} is as it was given again in {put_back}." + (
            f" Yours is kept: {kept}." if kept else ""
        )


def reset(catalogue: Catalogue, target: str, cwd: Path, where: Path | None = None) -> ResetReport:
    """`target` is a TODO's id or a module's name."""
    if match := TODO.fullmatch(target.strip()):
        module, todo = catalogue.todo(match.group(1))
        return _reset_todo(module, todo.id, cwd, where)
    return _reset_module(catalogue.module(target), cwd, where)


def _reset_todo(module: Module, todo_id: str, cwd: Path, where: Path | None) -> ResetReport:
    report = ResetReport(f"TODO {todo_id}")
    submission = find_submission(module, where, cwd)
    for name in submission.regions_in(submission.given, todo_id):
        path = submission.path if name == module.main_file else submission.origins.get(name)
        content = read_if_there(path) if path else None
        if path and content is not None:
            _put(path, content, _restored(submission, name, todo_id, content), module, cwd, report)
    return report


def _restored(submission: Submission, name: str, todo_id: str, content: bytes) -> bytes:
    if name == submission.module.main_file and submission.kind == "ipynb":
        given = generated_files(submission.module)[MAIN_NOTEBOOK]
        restored = restored_notebook(content, given, todo_id, submission.path.name)
        unchanged = notebook_source(restored, submission.path.name).text == submission.sources[name]
        return content if unchanged else restored
    text = restored_text(submission.sources[name], submission.given[name], todo_id)
    return content if text == submission.sources[name] else python_bytes(text, content)


def _reset_module(module: Module, cwd: Path, where: Path | None) -> ResetReport:
    report = ResetReport(module.short)
    target = find_target(module, where, cwd)
    given = generated_files(module)
    if target.is_file():
        wanted = MAIN_NOTEBOOK if target.suffix.lower() == ".ipynb" else _given_name(module, target)
        given = {target.name: given[wanted]}
        target = target.parent
    for name, content in given.items():
        _put(target / name, read_if_there(target / name), content, module, cwd, report)
    return report


def _given_name(module: Module, target: Path) -> str:
    return next((name for name in module.files if Path(name).name == target.name), module.main_file)


def _put(path: Path, old: bytes | None, new: bytes, module: Module, cwd: Path, report: ResetReport) -> None:
    if old == new:
        return
    if old is not None:
        report.backups.append(_back_up(path, old, module, cwd))
    write_atomic(path, new)
    report.files.append(path)


def _back_up(path: Path, content: bytes, module: Module, cwd: Path) -> Path:
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
    home = find_course_folder(path.parent) or find_course_folder(cwd) or path.parent
    backup = home / STATE_FOLDER / "backup" / f"{stamp}-{module.short}-{path.name}"
    if backup.exists():
        raise CourseError(f"{backup} exists already.", "Run the same command again.")
    write_atomic(backup, content)
    return backup

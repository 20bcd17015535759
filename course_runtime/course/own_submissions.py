"""The kit's own answers as submissions: what a grader's grader runs."""

from __future__ import annotations

from pathlib import Path

from course_runtime.course.given import given_files, given_sources
from course_runtime.course.model import Module
from course_runtime.course.submission import Submission
from course_runtime.course.variants import Variant, solution_sources, variant_sources


def solution_submission(module: Module) -> Submission:
    return _submission(module, solution_sources(module), module.folder / module.main_file)


def exercise_submission(module: Module) -> Submission:
    return _submission(module, given_sources(module), module.exercise_folder / module.main_file)


def variant_submission(module: Module, changed: Variant) -> Submission:
    return _submission(module, variant_sources(module, changed), changed.path)


def _submission(module: Module, sources: dict[str, str], path: Path) -> Submission:
    given = given_sources(module)
    return Submission(
        module=module,
        path=path,
        kind="py",
        sources={**given, **sources},
        given=given,
        files=given_files(module),
        origins={name: module.folder / name for name in given} | {module.main_file: path},
    )

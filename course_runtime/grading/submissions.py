"""Whose code a request means: a student's file, or one of the kit's own answers."""

from __future__ import annotations

from pathlib import Path

from course_runtime.course import (
    Catalogue,
    CourseError,
    Module,
    Submission,
    exercise_submission,
    find_submission,
    load_variants,
    solution_submission,
    variant_submission,
)
from course_runtime.grading.request import CheckRequest


def submission_for(request: CheckRequest, catalogue: Catalogue) -> Submission:
    module = catalogue.module(request.module)
    if request.whose == "student":
        where = Path(request.where) if request.where else None
        return find_submission(module, where, Path(request.cwd))
    if request.whose == "solution":
        return solution_submission(module)
    if request.whose == "exercise":
        return exercise_submission(module)
    return variant_submission(module, _variant(module, request))


def _variant(module: Module, request: CheckRequest):  # type: ignore[no-untyped-def]
    for one in load_variants(module, request.whose):
        if one.name == request.variant:
            return one
    raise CourseError(
        f"{module.short} has no {request.whose} called {request.variant!r}.", "Look at its folder."
    )

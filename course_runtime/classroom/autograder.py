"""Grades one submission where Gradescope runs it, and writes its results.json.

python -m course_runtime.classroom.autograder --module module1 --submission FOLDER --results FILE
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
from pathlib import Path

from course_runtime.classroom.contents import digest_of
from course_runtime.classroom.exporting import write_whole
from course_runtime.classroom.grading_one import Given, Judged, grade_one
from course_runtime.classroom.handed_in import HandedIn, Piece
from course_runtime.classroom.render.gradescope import gradescope_json, not_graded_json
from course_runtime.course import CourseError, load_catalogue
from course_runtime.emulator import Places
from course_runtime.grading import KitError, stop_background

STATE = "WORKSHOP_STATE"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--module", required=True)
    parser.add_argument("--submission", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--unsandboxed", action="store_true")
    options = parser.parse_args()
    try:
        judged = judge(options.module, options.submission, options.unsandboxed)
    except (CourseError, KitError, OSError) as error:
        judged = Judged("failed", str(error))
    write_whole(options.results, results_json(judged))
    return 0


def judge(module_name: str, submission: Path, unsandboxed: bool) -> Judged:
    catalogue = load_catalogue()
    module = catalogue.module(module_name)
    handed_in = HandedIn("this student", (Piece(submission.resolve()),))
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        places = Places.of(Path(os.environ.get(STATE, folder)) / "state")
        given = Given(
            module,
            handed_in,
            key="",
            digest=digest_of(handed_in, module),
            folder=Path(folder) / "submission",
            seed=secrets.token_hex(16),
            content=catalogue.root,
            places=places,
            unsandboxed=unsandboxed,
        )
        try:
            return grade_one(given)
        finally:
            stop_background(places)


def results_json(judged: Judged) -> str:
    if judged.result is not None:
        return gradescope_json(judged.result)
    if judged.state == "refused":
        return not_graded_json(f"Your submission could not be read. {judged.message}", 0.0)
    return not_graded_json(
        f"The autograder could not grade this; it is not your fault. Please tell your instructor: {judged.message}",
        None,
    )


if __name__ == "__main__":
    sys.exit(main())

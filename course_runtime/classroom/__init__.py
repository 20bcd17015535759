"""The classroom: submissions in bulk, one gradebook of them, and what students and learning platforms get of it.

collected = collect(Path("downloads.zip"), scratch)
batch.register(collected.submissions)
batch.run()
exporter.write_all(book)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_runtime.classroom.archives import Bounds as Bounds
    from course_runtime.classroom.archives import members as members
    from course_runtime.classroom.autograder_zip import write_autograder_zip as write_autograder_zip
    from course_runtime.classroom.batch import Batch as Batch
    from course_runtime.classroom.batch import Counts as Counts
    from course_runtime.classroom.book import Book as Book
    from course_runtime.classroom.book import Entry as Entry
    from course_runtime.classroom.collecting import Collected as Collected
    from course_runtime.classroom.collecting import collect as collect
    from course_runtime.classroom.exporting import Exporter as Exporter
    from course_runtime.classroom.grades import Grade as Grade
    from course_runtime.classroom.handed_in import HandedIn as HandedIn
    from course_runtime.classroom.handed_in import Piece as Piece
    from course_runtime.classroom.lateness import LatePolicy as LatePolicy
    from course_runtime.classroom.lateness import moment as moment
    from course_runtime.classroom.nbgrader.autograding import Autograding as Autograding
    from course_runtime.classroom.nbgrader.autograding import Outcome as Outcome
    from course_runtime.classroom.nbgrader.building import build_course as build_course
    from course_runtime.classroom.nbgrader.building import import_roster as import_roster
    from course_runtime.classroom.refusal import Refused as Refused
    from course_runtime.classroom.render.feedback import feedback_html as feedback_html
    from course_runtime.classroom.render.overview import print_overview as print_overview
    from course_runtime.classroom.roster import Roster as Roster
    from course_runtime.classroom.roster import load_roster as load_roster
    from course_runtime.classroom.scratch import scratch_folder as scratch_folder
    from course_runtime.classroom.walls import rehearse as rehearse

# Where each public name lives. Looked up on first use, so that importing the room costs nothing.
_HOMES = {
    "archives": ("Bounds", "members"),
    "autograder_zip": ("write_autograder_zip",),
    "batch": ("Batch", "Counts"),
    "book": ("Book", "Entry"),
    "collecting": ("Collected", "collect"),
    "exporting": ("Exporter",),
    "grades": ("Grade",),
    "handed_in": ("HandedIn", "Piece"),
    "lateness": ("LatePolicy", "moment"),
    "nbgrader.autograding": ("Autograding", "Outcome"),
    "nbgrader.building": ("build_course", "import_roster"),
    "refusal": ("Refused",),
    "render.feedback": ("feedback_html",),
    "render.overview": ("print_overview",),
    "roster": ("Roster", "load_roster"),
    "scratch": ("scratch_folder",),
    "walls": ("rehearse",),
}

__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

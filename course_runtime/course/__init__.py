"""Modules, TODOs, hints, tracks and progress; builds exercises from solutions, and finds a student's file."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_runtime.course.builder import BuildReport as BuildReport
    from course_runtime.course.builder import build as build
    from course_runtime.course.builder import generated_files as generated_files
    from course_runtime.course.catalogue import Catalogue as Catalogue
    from course_runtime.course.catalogue import load_catalogue as load_catalogue
    from course_runtime.course.content import content_root as content_root
    from course_runtime.course.course_folder import find_course_folder as find_course_folder
    from course_runtime.course.course_folder import module_folder as module_folder
    from course_runtime.course.differences import diff as diff
    from course_runtime.course.errors import CourseError as CourseError
    from course_runtime.course.finding import find_submission as find_submission
    from course_runtime.course.folder_files import FolderFiles as FolderFiles
    from course_runtime.course.folder_files import read_file as read_file
    from course_runtime.course.folder_files import read_folder as read_folder
    from course_runtime.course.guide import track_guide as track_guide
    from course_runtime.course.hints import Hint as Hint
    from course_runtime.course.hints import next_hint as next_hint
    from course_runtime.course.model import DocLink as DocLink
    from course_runtime.course.model import Module as Module
    from course_runtime.course.model import QuizQuestion as QuizQuestion
    from course_runtime.course.model import Todo as Todo
    from course_runtime.course.module_file import load_module as load_module
    from course_runtime.course.notebook import notebook_bytes as notebook_bytes
    from course_runtime.course.notebook_source import POINTS_PREFIX as POINTS_PREFIX
    from course_runtime.course.notebook_source import cell_text as cell_text
    from course_runtime.course.notebook_source import is_points_cell as is_points_cell
    from course_runtime.course.notebook_source import read_notebook as read_notebook
    from course_runtime.course.own_submissions import exercise_submission as exercise_submission
    from course_runtime.course.own_submissions import solution_submission as solution_submission
    from course_runtime.course.own_submissions import variant_submission as variant_submission
    from course_runtime.course.place import Place as Place
    from course_runtime.course.problems import Problem as Problem
    from course_runtime.course.progress import Outcome as Outcome
    from course_runtime.course.progress import Progress as Progress
    from course_runtime.course.progress import TodoProgress as TodoProgress
    from course_runtime.course.progress_store import ProgressStore as ProgressStore
    from course_runtime.course.regions import Region as Region
    from course_runtime.course.regions import find_regions as find_regions
    from course_runtime.course.render import exercise_text as exercise_text
    from course_runtime.course.render import solution_text as solution_text
    from course_runtime.course.resetting import ResetReport as ResetReport
    from course_runtime.course.resetting import reset as reset
    from course_runtime.course.scaffold import new_module as new_module
    from course_runtime.course.static_checks import check_course as check_course
    from course_runtime.course.static_checks import check_module as check_module
    from course_runtime.course.submission import Submission as Submission
    from course_runtime.course.syntax import SyntaxProblem as SyntaxProblem
    from course_runtime.course.track_status import Beyond as Beyond
    from course_runtime.course.track_status import ModuleStatus as ModuleStatus
    from course_runtime.course.track_status import NextStep as NextStep
    from course_runtime.course.track_status import PartStatus as PartStatus
    from course_runtime.course.track_status import Status as Status
    from course_runtime.course.track_status import beyond_track as beyond_track
    from course_runtime.course.track_status import status as status
    from course_runtime.course.track_status import track_todos as track_todos
    from course_runtime.course.tracks import Track as Track
    from course_runtime.course.tracks import load_tracks as load_tracks
    from course_runtime.course.variants import Variant as Variant
    from course_runtime.course.variants import load_variants as load_variants
    from course_runtime.course.variants import read_source as read_source
    from course_runtime.course.variants import variant as variant
    from course_runtime.course.variants import variant_sources as variant_sources
    from course_runtime.course.working_copy import StartReport as StartReport
    from course_runtime.course.working_copy import start as start

# Where each public name lives. Looked up on first use, so that importing the room costs nothing.
# No file may bear a public name: once imported, the file would hide the name.
_HOMES = {
    "builder": ("BuildReport", "build", "generated_files"),
    "catalogue": ("Catalogue", "load_catalogue"),
    "content": ("content_root",),
    "course_folder": ("find_course_folder", "module_folder"),
    "differences": ("diff",),
    "errors": ("CourseError",),
    "finding": ("find_submission",),
    "folder_files": ("FolderFiles", "read_file", "read_folder"),
    "guide": ("track_guide",),
    "hints": ("Hint", "next_hint"),
    "model": ("DocLink", "Module", "QuizQuestion", "Todo"),
    "module_file": ("load_module",),
    "notebook": ("notebook_bytes",),
    "notebook_source": ("POINTS_PREFIX", "cell_text", "is_points_cell", "read_notebook"),
    "own_submissions": ("exercise_submission", "solution_submission", "variant_submission"),
    "place": ("Place",),
    "problems": ("Problem",),
    "progress": ("Outcome", "Progress", "TodoProgress"),
    "progress_store": ("ProgressStore",),
    "regions": ("Region", "find_regions"),
    "render": ("exercise_text", "solution_text"),
    "resetting": ("ResetReport", "reset"),
    "scaffold": ("new_module",),
    "static_checks": ("check_course", "check_module"),
    "track_status": (
        *("Beyond", "ModuleStatus", "NextStep", "PartStatus", "Status"),
        *("beyond_track", "status", "track_todos"),
    ),
    "submission": ("Submission",),
    "syntax": ("SyntaxProblem",),
    "tracks": ("Track", "load_tracks"),
    "variants": ("Variant", "load_variants", "read_source", "variant", "variant_sources"),
    "working_copy": ("StartReport", "start"),
}

__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"course_runtime.course.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

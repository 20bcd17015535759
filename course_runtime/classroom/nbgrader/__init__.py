"""nbgrader courses made of the kit's modules, and graded by the kit inside nbgrader.

build_course(modules, folder)                    source notebooks, configuration, roster
Autograding(folder, ...).run()                   everybody graded at once, one writer to gradebook.db
check_todo("module0", "0.1")                     what a test cell of a notebook calls
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_runtime.classroom.nbgrader.autograding import Autograding as Autograding
    from course_runtime.classroom.nbgrader.building import Built as Built
    from course_runtime.classroom.nbgrader.building import build_course as build_course
    from course_runtime.classroom.nbgrader.building import import_roster as import_roster
    from course_runtime.classroom.nbgrader.cell import check_todo as check_todo
    from course_runtime.classroom.nbgrader.configuring import configure as configure
    from course_runtime.classroom.nbgrader.mending import mend as mend
    from course_runtime.classroom.nbgrader.needed import require_nbgrader as require_nbgrader
    from course_runtime.classroom.nbgrader.source_cells import source_notebook as source_notebook

# A test cell imports one name of here, where nbgrader need not be installed.
_HOMES = {
    "autograding": ("Autograding",),
    "building": ("Built", "build_course", "import_roster"),
    "cell": ("check_todo",),
    "configuring": ("configure",),
    "mending": ("mend",),
    "needed": ("require_nbgrader",),
    "source_cells": ("source_notebook",),
}

__all__ = sorted(name for names in _HOMES.values() for name in names)


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

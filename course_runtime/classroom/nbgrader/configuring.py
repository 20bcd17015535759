"""nbgrader's configuration for a course of the kit: which steps stand in the place of which."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from course_runtime.course import Module

COURSE_ID = "azureml-workshop"
SECONDS_FOR_A_CELL = 900
COLLECTED = [".ipynb", ".py"]
TEMPLATE = '''\
"""nbgrader's configuration. Your own settings go below the last line."""

from course_runtime.classroom.nbgrader import configure

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "{course}"

# kernel=False: `nbgrader autograde` grades in the kit's sandbox. True: it runs the notebook in a kernel, which is
# slower, and lets the students' code do whatever you may do.
# editable: files beside the notebook that students write in.
configure(c, kernel={kernel}, editable={editable})
'''


def configuration_text(modules: Sequence[Module], kernel: bool) -> str:
    editable = {module.short: files for module in modules if (files := editable_files(module))}
    return TEMPLATE.format(course=COURSE_ID, kernel=kernel, editable=json.dumps(editable))


def editable_files(module: Module) -> list[str]:
    return [name for name in module.files if name != module.main_file]


def configure(c: Any, *, kernel: bool = False, editable: Mapping[str, Sequence[str]] | None = None) -> None:
    """Called by a course's nbgrader_config.py."""
    from nbgrader.converters import Autograde, GenerateAssignment
    from nbgrader.preprocessors import ClearSolutions, Execute

    from course_runtime.classroom.nbgrader.preprocessors import ClearTodos, GradeInSandbox, TagsAsText
    from course_runtime.classroom.nbgrader.zip_names import NamesOfPlatforms

    c.GenerateAssignment.preprocessors = _replaced(
        GenerateAssignment.preprocessors.default_args[0], ClearSolutions, ClearTodos
    )
    steps = Autograde.autograde_preprocessors.default_args[0]
    graded = list(steps) if kernel else _replaced(steps, Execute, GradeInSandbox)
    c.Autograde.autograde_preprocessors = [*graded, TagsAsText]
    c.ZipCollectApp.collector_plugin = NamesOfPlatforms
    c.FileNameCollectorPlugin.valid_ext = COLLECTED
    c.Autograde.exclude_overwriting = {name: list(files) for name, files in (editable or {}).items()}
    c.Execute.timeout = SECONDS_FOR_A_CELL


def _replaced(steps: Sequence[type], old: type, new: type) -> list[type]:
    return [new if step is old else step for step in steps]

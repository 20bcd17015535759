from __future__ import annotations

from pathlib import Path

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.course_folder import find_course_folder, module_folder
from course_runtime.course.model import Module


def test_the_nearest_working_copy_above_is_found(course: Path, basics: Module) -> None:
    assert find_course_folder(course / basics.name) == course
    assert module_folder(course, basics) == course / basics.name


def test_a_checkout_is_used_where_there_is_no_working_copy(built: Catalogue, basics: Module) -> None:
    assert find_course_folder(basics.exercise_folder) == built.root
    assert module_folder(built.root, basics) == basics.exercise_folder


def test_elsewhere_there_is_none(root: Path, tmp_path: Path) -> None:
    assert find_course_folder(tmp_path) is None

from __future__ import annotations

import shutil
from pathlib import Path

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.model import Module
from course_runtime.course.static_checks import check_course, check_module


def test_a_course_in_order_has_no_problem(built: Catalogue) -> None:
    assert check_course(built.root) == []


def test_the_content_root_is_checked_when_none_is_named(built: Catalogue) -> None:
    assert check_course() == []


def test_a_module_that_cannot_be_read_does_not_hide_the_others(built: Catalogue, scripts: Module) -> None:
    (built.root / "solutions" / "module0_basics" / "module.toml").write_text("format = ")
    (scripts.folder / "README.md").write_text("")
    files = [problem.file for problem in check_course(built.root)]
    assert files[0] == built.root / "solutions" / "module0_basics" / "module.toml"
    assert scripts.folder / "README.md" in files


def test_two_modules_of_one_number_are_a_problem(built: Catalogue, scripts: Module) -> None:
    shutil.copytree(scripts.folder, scripts.folder.with_name("module3_two"))
    assert any(
        "It has the number of module3_scripts." in problem.what for problem in check_course(built.root)
    )


def test_an_unreadable_source_is_one_problem_for_each_check_not_a_crash(
    built: Catalogue, basics: Module
) -> None:
    (basics.folder / "exercise.py").unlink()
    assert all("exercise.py" in problem.what for problem in check_module(basics))


def test_a_problem_says_where_what_and_what_to_do(built: Catalogue, basics: Module) -> None:
    stray = Path(basics.folder / "old.py")
    stray.write_text("")
    (problem,) = check_module(basics)
    assert str(problem) == f"{stray}: No part of the module uses it. Delete it, or name it in extra."

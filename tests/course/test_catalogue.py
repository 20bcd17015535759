from __future__ import annotations

import shutil

import pytest

from course_runtime.course.catalogue import Catalogue, load_catalogue
from course_runtime.course.errors import CourseError


@pytest.mark.parametrize("name", ["3", "module3", "module3_scripts", "scripts", " Module3/ "])
def test_a_module_goes_by_several_names(catalogue: Catalogue, name: str) -> None:
    assert catalogue.module(name).number == 3


@pytest.mark.parametrize("name", ["0.2", "TODO 0.2", "todo 0.2"])
def test_a_todo_is_found_with_its_module(catalogue: Catalogue, name: str) -> None:
    module, todo = catalogue.todo(name)
    assert (module.short, todo.title) == ("module0", "Add the numbers up")


def test_an_unknown_module_is_answered_with_the_known_ones(catalogue: Catalogue) -> None:
    with pytest.raises(CourseError, match="Modules in the kit: module0, module3"):
        catalogue.module("nine")


def test_a_todo_in_a_modules_place_is_answered_with_its_module(catalogue: Catalogue) -> None:
    with pytest.raises(CourseError, match=r"3\.1 is a TODO's number.*Write module3"):
        catalogue.module("3.1")


def test_a_planned_module_is_said_to_be_planned(catalogue: Catalogue) -> None:
    with pytest.raises(CourseError, match="Module 4, Not written yet, is not in the kit yet"):
        catalogue.module("module4")


@pytest.mark.parametrize("name", ["0.7", "seven", "0.2.1", ""])
def test_an_unknown_todo_is_a_sentence(catalogue: Catalogue, name: str) -> None:
    with pytest.raises(CourseError):
        catalogue.todo(name)


def test_two_modules_of_one_number_are_refused(catalogue: Catalogue) -> None:
    solutions = catalogue.root / "solutions"
    shutil.copytree(solutions / "module3_scripts", solutions / "module3_again")
    with pytest.raises(CourseError, match="same number"):
        load_catalogue(catalogue.root)


def test_what_is_not_asked_for_is_not_read(catalogue: Catalogue) -> None:
    (catalogue.root / "solutions/module3_scripts/module.toml").write_text("format = ")
    fresh = load_catalogue(catalogue.root)
    assert fresh.module("module0").number == 0
    with pytest.raises(CourseError, match=r"module3_scripts.module\.toml"):
        fresh.module("module3")
    with pytest.raises(CourseError, match=r"module3_scripts.module\.toml"):
        _ = fresh.modules


def test_a_folder_that_is_no_modules_is_refused(catalogue: Catalogue) -> None:
    solutions = catalogue.root / "solutions"
    shutil.copytree(solutions / "module3_scripts", solutions / "module-four")
    with pytest.raises(CourseError, match="expected a name like module4_features"):
        load_catalogue(catalogue.root)

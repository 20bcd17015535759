from __future__ import annotations

from course_runtime.course.builder import build, generated_files
from course_runtime.course.catalogue import Catalogue
from course_runtime.course.model import Module


def test_a_module_gives_its_exercise_its_notebook_its_lesson_and_its_extras(
    basics: Module, scripts: Module
) -> None:
    assert set(generated_files(basics)) == {"exercise.py", "exercise.ipynb", "README.md", "numbers.csv"}
    assert set(generated_files(scripts)) == {
        "exercise.py",
        "exercise.ipynb",
        "train.py",
        "settings.py",
        "README.md",
    }


def test_every_source_loses_its_answer(scripts: Module) -> None:
    made = generated_files(scripts)
    assert b"add_argument" not in made["train.py"] and b"TODO 3.2" in made["train.py"]
    assert b'"train.py"' not in made["exercise.py"]


def test_a_build_writes_once_and_a_second_one_changes_nothing(catalogue: Catalogue) -> None:
    assert len(build(catalogue).written) == 9
    again = build(catalogue)
    assert (len(again.unchanged), again.written) == (9, [])


def test_a_check_names_what_differs_what_is_missing_and_what_is_stray(
    built: Catalogue, basics: Module
) -> None:
    folder = basics.exercise_folder
    (folder / "exercise.py").write_text("# changed\n")
    (folder / "numbers.csv").unlink()
    (folder / "notes.txt").write_text("mine")
    report = build(built, check=True)
    assert report.differing == [folder / "exercise.py"]
    assert report.missing == [folder / "numbers.csv"]
    assert report.stray == [folder / "notes.txt"]
    assert not report.up_to_date


def test_a_check_writes_nothing(catalogue: Catalogue) -> None:
    assert len(build(catalogue, check=True).missing) == 9
    assert not (catalogue.root / "exercises").exists()


def test_a_build_deletes_nothing(built: Catalogue, basics: Module) -> None:
    stray = basics.exercise_folder / "notes.txt"
    stray.write_text("mine")
    build(built)
    assert stray.read_text() == "mine"

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from course_runtime.course.builder import build
from course_runtime.course.catalogue import load_catalogue
from course_runtime.course.errors import CourseError
from course_runtime.course.own_submissions import solution_submission, variant_submission
from course_runtime.course.scaffold import new_module
from course_runtime.course.static_checks import check_module
from course_runtime.course.variants import load_variants

TITLE = 'Feature "stores" {and} more \\'


def test_a_new_module_builds_and_passes_its_checks(root: Path) -> None:
    written = new_module(root, 7, "feature_store", TITLE)
    catalogue = load_catalogue(root)
    build(catalogue)
    module = catalogue.module("feature_store")
    assert check_module(module) == []
    assert (module.number, module.title) == (7, TITLE)
    assert root / "graders" / "module7_feature_store" / "test_module7.py" in written


def test_its_solution_and_wheat_answer_and_its_chaff_does_not(root: Path, tmp_path: Path) -> None:
    new_module(root, 7, "x", "X")
    module = load_catalogue(root).module("7")
    wheat, chaff = load_variants(module, "wheat"), load_variants(module, "chaff")
    right = [solution_submission(module), *(variant_submission(module, changed) for changed in wheat)]
    wrong = [variant_submission(module, changed) for changed in chaff]

    def answer(source: str) -> object:
        (tmp_path / "answer.py").write_text(source)
        return runpy.run_path(str(tmp_path / "answer.py"))["answer"]()

    assert all(answer(submission.sources["exercise.py"]) == 42 for submission in right)
    assert len(wrong) == 3
    assert all(answer(submission.sources["exercise.py"]) != 42 for submission in wrong)


def test_its_grader_asks_in_the_graders_words(root: Path) -> None:
    new_module(root, 7, "x", "X")
    text = (root / "graders" / "module7_x" / "test_module7.py").read_text()
    compile(text, "test_module7.py", "exec")
    assert text.startswith('from course_runtime.grading import todo\n\n\n@todo("7.1", points=1)\n')
    assert 'student.call("answer")' in text and "{value!r}" in text and "{{" not in text


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [
        (3, "other", "is there already"),
        (-1, "x", "cannot be -1"),
        (7, "Feature Store", "cannot name a module"),
        (7, "../x", "cannot name"),
    ],
)
def test_a_module_that_cannot_be_is_refused(root: Path, number: int, name: str, said: str) -> None:
    with pytest.raises(CourseError, match=said):
        new_module(root, number, name, "T")

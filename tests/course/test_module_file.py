from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.module_file import IMPORT_SETS, load_module
from course_runtime.sandbox import import_sets

HEAD = 'format = 1\ntitle = "T"\nminutes = 5\n'
TODO = '[[todo]]\nid = "7.1"\ntitle = "t"\npoints = 1\n'


def _load(tmp_path: Path, text: str, name: str = "module7_x") -> Module:
    folder = tmp_path / "solutions" / name
    folder.mkdir(parents=True)
    (folder / "module.toml").write_text(text)
    return load_module(folder)


def test_a_module_is_read_whole(basics: Module) -> None:
    assert (basics.number, basics.short, basics.name) == (0, "module0", "module0_basics")
    assert basics.max_points == 4
    todo = basics.todo("0.2")
    assert (todo.points, todo.minutes, len(todo.hints)) == (3, 10, 3)
    assert todo.docs[0].url.startswith("https://docs.python.org/")
    assert todo.quiz[0].answer == "0"


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    module = _load(tmp_path, HEAD + TODO)
    assert (module.files, module.extra, module.imports) == (("exercise.py",), (), "plain")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.replace("1", "2", 1), "Update the kit"),
        (HEAD.replace("format = 1", "format = 0"), "expected 1"),
        (HEAD.replace('title = "T"', ""), "has no 'title'"),
        (HEAD.replace("5", '"five"'), "where a whole number was expected"),
        (
            HEAD + 'imports = "torch"\n',
            "Choose one of: plain, data, azure, azure-data, azure-learning, tensorflow",
        ),
        (HEAD + 'hint = "x"\n', "unknown key 'hint'"),
        (HEAD + TODO + 'hints = "one"\n', "where a list of texts was expected"),
        (HEAD + TODO + "point = 2\n", "unknown key 'point'"),
        (HEAD + TODO.replace("7.1", "seven"), 'Write it like id = "4.2"'),
        (HEAD + 'extra = ["../x"]\n', "a plain path inside the module's folder"),
        (HEAD + 'files = ["/etc/passwd"]\n', "a plain path inside the module's folder"),
        (HEAD + "files = []\n", "empty list of files"),
        ("format = ", "not valid TOML"),
    ],
)
def test_a_fault_is_a_sentence_that_names_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CourseError) as refusal:
        _load(tmp_path, text)
    assert said in str(refusal.value)
    assert "module.toml" in str(refusal.value)


def test_the_folder_must_be_named_for_its_number(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="module4_features"):
        _load(tmp_path, HEAD, name="Features")


def test_an_unknown_todo_is_answered_with_the_known_ones(basics: Module) -> None:
    with pytest.raises(CourseError, match=r"Its TODOs are: 0\.1, 0\.2"):
        basics.todo("0.9")


def test_the_import_sets_that_a_module_may_name_are_sets_of_the_sandbox() -> None:
    assert set(IMPORT_SETS) <= set(import_sets.IMPORT_SETS)

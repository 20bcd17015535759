"""A few submissions of module 0, with the real SDK: the kit's own answers, whose points are known."""

from __future__ import annotations

from pathlib import Path

from course_runtime.course import exercise_text, load_catalogue, solution_text
from course_runtime.emulator import Places

from .conftest import ROOT, Classroom


def test_solution_bare_exercise_and_one_answer_open(places: Places, tmp_path: Path) -> None:
    module = load_catalogue(ROOT).module("0")
    source = (module.folder / module.main_file).read_text()
    right, bare = solution_text(source, module.main_file), exercise_text(source, module.main_file)
    broken = right.replace("ClientSecretCredential(*values)", "None")
    assert broken != right
    handed_in = tmp_path / "class"
    for student, text in {"right": right, "bare": bare, "broken": broken, "right-too": right}.items():
        (handed_in / student).mkdir(parents=True)
        (handed_in / student / "exercise.py").write_text(text)
    out = tmp_path / "out"
    out.mkdir()
    classroom = Classroom(module, places, out)
    classroom.grade(handed_in)
    scores = classroom.scores()
    entries = {one.student: one for one in classroom.book().entries(module.short)}
    assert (scores["right"], scores["right-too"], scores["bare"]) == (20, 20, 0), entries
    lost = next(todo for todo in module.todos if todo.id == "0.1").points
    assert 20 - lost <= (scores["broken"] or 0) < 20

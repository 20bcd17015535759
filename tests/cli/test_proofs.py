from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from course_runtime.cli import proofs
from course_runtime.cli.proofs import (
    Run,
    chaff_is_caught,
    enough_variants,
    exercise_fails,
    solution_passes,
    wheat_passes,
)
from course_runtime.course import Module, Variant, load_catalogue
from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, KitError, Result
from course_runtime.grading.result import Status, TestResult, TodoResult

VARIANT = Variant("chaff", "odd", Path("odd.py"), "exercise.py", ("7.1",), "It counts wrongly.", "")


@pytest.fixture
def module(content: Path) -> Module:
    return load_catalogue(content).module("7")


def run_with(*statuses: Status, points: float = 1.0, message: str = "Do this.") -> Run:
    """A check in which TODO 7.1, 7.2 … end so."""
    todos = [
        TodoResult(f"7.{number}", "T", 1.0 if status == "passed" else 0.0, 1.0, status, message)
        for number, status in enumerate(statuses, 1)
    ]
    for todo in todos:
        todo.tests = [TestResult("t", todo.status, points=points)]
    return lambda whose, variant, seed: Result("module7", "emulator", todos=todos)


def test_a_solution_must_pass_and_its_points_add_up(module: Module) -> None:
    assert solution_passes(module, run_with("passed"), "one").held
    assert not solution_passes(module, run_with("passed", "failed"), "one").held
    (problem,) = solution_passes(module, run_with("passed", points=0.5), "one").problems
    assert problem == "TODO 7.1 is worth 1 points in module.toml, its tests 0.5."


def test_a_bare_exercise_must_fail_with_words(module: Module) -> None:
    assert exercise_fails(module, run_with("failed", "timeout")).held
    assert not exercise_fails(module, run_with("failed", "passed")).held
    assert not exercise_fails(module, run_with("error")).held
    assert not exercise_fails(module, run_with("failed", message=" ")).held


def test_wheat_must_pass(module: Module) -> None:
    assert wheat_passes(module, run_with("passed", "passed"), VARIANT).held
    assert not wheat_passes(module, run_with("passed", "timeout"), VARIANT).held


@pytest.mark.parametrize(
    ("statuses", "held"),
    [
        (("failed", "passed"), True),
        (("timeout", "passed"), True),
        (("passed", "passed"), False),
        (("error", "passed"), False),
        (("failed", "failed"), False),
        (("passed", "failed"), False),
    ],
)
def test_chaff_fails_what_it_names_and_nothing_else(
    module: Module, statuses: tuple[Status, ...], held: bool
) -> None:
    assert chaff_is_caught(module, run_with(*statuses), VARIANT).held is held


def test_a_check_that_the_kit_cannot_do_proves_nothing(module: Module) -> None:
    def broken(whose: str, variant: str, seed: str) -> Result:
        raise KitError("The grader ended.", "Check again.")

    assert wheat_passes(module, broken, VARIANT).problems == ["The grader ended. Check again."]


def test_what_breaks_in_a_thread_is_not_lost(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(module: Module, run: Run) -> list[object]:
        return [lambda: 1 / 0]

    monkeypatch.setattr(proofs, "steps_for", broken)
    with pytest.raises(ZeroDivisionError):
        list(proofs.prove([module], Path(), Places(Path(), Path()), 2))


def test_few_variants_are_a_warning(module: Module) -> None:
    proof = enough_variants(module, [], [VARIANT])
    assert proof.held
    assert any("1 chaff" in line for line in proof.warnings) and any(
        "wheat" in line for line in proof.warnings
    )


@pytest.mark.parametrize(
    ("slow", "thorough", "asked"),
    [(False, False, ()), (True, True, ()), (True, False, ("7.1",))],
)
def test_variants_of_slow_modules_are_held_against_their_own_todos(
    module: Module, monkeypatch: pytest.MonkeyPatch, slow: bool, thorough: bool, asked: tuple[str, ...]
) -> None:
    requests: list[CheckRequest] = []
    monkeypatch.setattr("course_runtime.grading.check", lambda request, places: requests.append(request))
    monkeypatch.setattr(
        "course_runtime.course.load_variants", lambda of, kind: [VARIANT] if kind == "chaff" else []
    )
    run = proofs.runner(replace(module, slow=slow), Path(), Places(Path(), Path()), thorough=thorough)
    run("chaff", VARIANT.name, "one")
    run("solution", "", "one")
    assert [request.todos for request in requests] == [asked, ()]

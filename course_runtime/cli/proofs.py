"""What `workshop dev check` proves by running: each claim about a module is one or more checks."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.course import Module, Variant
    from course_runtime.emulator import Places
    from course_runtime.grading import Result, TodoResult, Whose

SEEDS = ("one", "two")
FEWEST_CHAFF = 3
CAUGHT = ("failed", "timeout")
Run = Callable[["Whose", str, str], "Result"]
"""Whose, which variant, which seed."""


@dataclass
class Proof:
    module: str
    claim: str
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        return not self.problems


def prove(
    modules: list[Module], content: Path, places: Places, jobs: int, *, thorough: bool = False
) -> Iterator[Proof]:
    """Proofs as they are done, `jobs` at once. Daemon threads: Ctrl-C need not wait for what they wait for.

    `thorough`: the variants of slow modules too are held against all TODOs, not only against those they concern.
    """
    steps = deque(
        step
        for module in modules
        for step in steps_for(module, runner(module, content, places, thorough=thorough))
    )
    done: SimpleQueue[Proof | BaseException] = SimpleQueue()
    expected = len(steps)
    for _ in range(min(jobs, expected)):
        threading.Thread(target=_work_off, args=(steps, done), daemon=True).start()
    for _ in range(expected):
        result = done.get()
        if isinstance(result, BaseException):
            raise result
        yield result


def _work_off(steps: deque[Callable[[], Proof]], done: SimpleQueue[Proof | BaseException]) -> None:
    while True:
        try:
            step = steps.popleft()
        except IndexError:
            return
        try:
            done.put(timed(step))
        except BaseException as error:  # noqa: BLE001 (raised again where the proofs are awaited)
            done.put(error)
            return


def runner(module: Module, content: Path, places: Places, *, thorough: bool) -> Run:
    from course_runtime.grading import CheckRequest, check

    concerned = _concerned(module) if module.slow and not thorough else {}

    def run(whose: Whose, variant: str, seed: str) -> Result:
        request = CheckRequest(
            module.short,
            str(content),
            whose=whose,
            variant=variant,
            todos=concerned.get((whose, variant), ()),
            seed=seed,
            content=str(content),
        )
        return check(request, places)

    return run


def _concerned(module: Module) -> dict[tuple[str, str], tuple[str, ...]]:
    """The TODOs that each variant is about."""
    from course_runtime.course import load_variants

    wheat = {
        ("wheat", one.name): tuple(sorted(_changed_todos(one))) for one in load_variants(module, "wheat")
    }
    return wheat | {("chaff", one.name): tuple(one.todos) for one in load_variants(module, "chaff")}


def timed(step: Callable[[], Proof]) -> Proof:
    started = time.perf_counter()
    proof = step()
    proof.seconds = round(time.perf_counter() - started, 3)
    return proof


def steps_for(module: Module, run: Run) -> list[Callable[[], Proof]]:
    from course_runtime.course import load_variants

    wheat, chaff = load_variants(module, "wheat"), load_variants(module, "chaff")
    steps: list[Callable[[], Proof]] = [partial(solution_passes, module, run, seed) for seed in SEEDS]
    steps.append(partial(exercise_fails, module, run))
    steps += [partial(wheat_passes, module, run, one) for one in wheat]
    steps += [partial(chaff_is_caught, module, run, one) for one in chaff]
    steps.append(partial(enough_variants, module, wheat, chaff))
    return steps


def solution_passes(module: Module, run: Run, seed: str) -> Proof:
    proof = Proof(module.short, f"the solution passes (seed {seed})")
    result = _result(proof, run, "solution", "", seed)
    for todo in result.todos if result else []:
        proof.problems += _not_passed(todo)
        proof.problems += _points_do_not_add_up(todo)
    return proof


def exercise_fails(module: Module, run: Run) -> Proof:
    proof = Proof(module.short, "the bare exercise fails every TODO, and says what to do")
    result = _result(proof, run, "exercise", "", SEEDS[0])
    for todo in result.todos if result else []:
        if todo.status not in CAUGHT:
            proof.problems.append(f"TODO {todo.id} is {todo.status}, not failed. {todo.message}".strip())
        if todo.points:
            proof.warnings.append(f"TODO {todo.id} gives {todo.points:g} points for nothing.")
        if not todo.message.strip():
            proof.problems.append(f"TODO {todo.id} fails without a message.")
    return proof


def wheat_passes(module: Module, run: Run, variant: Variant) -> Proof:
    proof = Proof(module.short, f"wheat {variant.name} passes")
    result = _result(proof, run, "wheat", variant.name, SEEDS[0])
    for todo in result.todos if result else []:
        proof.problems += _not_passed(todo)
    return proof


def chaff_is_caught(module: Module, run: Run, variant: Variant) -> Proof:
    """Not by chance: it fails the TODOs that it names, and no other."""
    proof = Proof(module.short, f"chaff {variant.name} is caught by {', '.join(variant.todos)}")
    result = _result(proof, run, "chaff", variant.name, SEEDS[0])
    for todo in result.todos if result else []:
        if todo.id in variant.todos and todo.status == "passed":
            proof.problems.append(f"TODO {todo.id} passes all the same. It should not: {variant.why}")
        elif todo.id in variant.todos and todo.status not in CAUGHT:
            proof.problems.append(f"TODO {todo.id} is {todo.status}, not failed. {todo.message}".strip())
        elif todo.id not in variant.todos:
            proof.problems += _not_passed(todo)
    return proof


def enough_variants(module: Module, wheat: list[Variant], chaff: list[Variant]) -> Proof:
    """A warning only: what cannot be got wrong in three ways is a small TODO, not a wrong one."""
    proof = Proof(module.short, "every TODO has wheat and chaff")
    caught = Counter(todo for variant in chaff for todo in variant.todos)
    for todo in module.todos:
        if caught[todo.id] < FEWEST_CHAFF:
            proof.warnings.append(
                f"TODO {todo.id} has {caught[todo.id]} chaff; {FEWEST_CHAFF} or more show that its tests see."
            )
    grown = {todo_id for variant in wheat for todo_id in _changed_todos(variant)}
    without = [todo.id for todo in module.todos if todo.id not in grown]
    if without:
        proof.warnings.append(
            f"No wheat for TODO {', '.join(without)}: another right answer should pass too."
        )
    return proof


def _changed_todos(variant: Variant) -> set[str]:
    from course_runtime.course import find_regions

    return {region.todo for region in find_regions(variant.text)}


def _result(proof: Proof, run: Run, whose: Whose, variant: str, seed: str) -> Result | None:
    """A check that the kit could not do is a claim that was not proved."""
    from course_runtime.grading import KitError

    try:
        return run(whose, variant, seed)
    except KitError as error:
        proof.problems.append(str(error))
        return None


def _not_passed(todo: TodoResult) -> list[str]:
    if todo.status in ("passed", "skipped"):  # skipped are those that were not asked for
        return []
    return [f"TODO {todo.id} is {todo.status}: {todo.message}"]


def _points_do_not_add_up(todo: TodoResult) -> list[str]:
    worth = sum(test.points for test in todo.tests)
    if abs(worth - todo.max_points) < 1e-9:
        return []
    return [f"TODO {todo.id} is worth {todo.max_points:g} points in module.toml, its tests {worth:g}."]

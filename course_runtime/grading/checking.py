"""One check, in this process: a cloud, a worker, pytest over the module's graders, one result."""

from __future__ import annotations

import io
import os
import secrets
import sys
import time
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from course_runtime.course import Catalogue, Module, Submission, Todo
from course_runtime.emulator import Cloud, EmulatorClient
from course_runtime.grading.azure import Azure
from course_runtime.grading.explain import explain_syntax
from course_runtime.grading.failures import KitError
from course_runtime.grading.plugin import Asked, Graders, Outcomes
from course_runtime.grading.request import CheckRequest
from course_runtime.grading.result import Result, Status, TestResult, TodoResult
from course_runtime.grading.student import Student, StudentCode
from course_runtime.grading.submissions import submission_for
from course_runtime.grading.tiles import about_weights, weights_file
from course_runtime.grading.warned import noted
from course_runtime.sandbox import DOOR_PORT, JailSpec, Limits, Worker, Zygote

PROBES = "probes.py"
SECONDS_FOR_A_ZYGOTE = 60.0
SECONDS = "WORKSHOP_SECONDS"
LIMITS = Limits(seconds=10.0, cpu_seconds=60)
LEARNING = "tensorflow"
"""The import set whose exercises compute features and train."""
LEARNING_LIMITS = Limits(seconds=60.0, cpu_seconds=300, memory_mb=8192)
WEIGHTS = "WORKSHOP_WEIGHTS"
QUIET = {"MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true"}
"""Nobody can open the addresses of a cloud that is gone after the check."""
PROGRAMS = os.pathsep.join([str(Path(sys.executable).parent), os.defpath])
"""Where a student's code finds the commands of the kit's packages."""


@dataclass(frozen=True)
class Tools:
    """What a check needs: the emulator, the zygote of the module's import set, the module's tests."""

    emulator: EmulatorClient
    zygote: Zygote
    graders: Graders
    afterwards: ExitStack
    """What may be cleared away when the answer is on its way."""


def run_check(request: CheckRequest, catalogue: Catalogue, tools: Tools) -> Result:
    """Grade one submission. Raises CourseError or KitError when there is nothing to grade."""
    started = time.perf_counter()
    submission = submission_for(request, catalogue)
    wanted = [todo for todo in submission.module.todos if not request.todos or todo.id in request.todos]
    _require_known(request, submission.module)
    result = Result(submission.module.short, request.backend, file=str(submission.path))
    result.notes += [submission.note] if submission.note else []
    to_run = {todo.id for todo in wanted if _can_run(submission, todo, request)}
    outcomes = _run_tests(request, submission, to_run, tools, result) if to_run else Outcomes()
    result.todos = [_judge(todo, submission, request, outcomes) for todo in submission.module.todos]
    result.seconds = round(time.perf_counter() - started, 4)
    return result


def _require_known(request: CheckRequest, module: Module) -> None:
    for todo_id in request.todos:
        module.todo(todo_id)


def _can_run(submission: Submission, todo: Todo, request: CheckRequest) -> bool:
    """An untouched TODO is not started, whatever its tests would say; the kit's own bare exercise is run."""
    if submission.syntax_error is not None:
        return False
    return request.whose != "student" or submission.state(todo.id) != "untouched"


def _run_tests(
    request: CheckRequest, submission: Submission, to_run: set[str], tools: Tools, result: Result
) -> Outcomes:
    if tools.graders.broken:
        raise KitError("The module's graders could not be read: " + tools.graders.broken[0])
    outcomes = Outcomes()
    cloud = tools.afterwards.enter_context(tools.emulator.create_cloud())
    student = Student(
        _code(submission),
        lambda: _start_worker(tools, cloud, submission.module),
        submission.module.grader_folder / PROBES,
        partial(_place, submission),
    )
    tools.afterwards.callback(student.let_go)
    seed = request.seed or secrets.token_hex(16)  # nothing that the student's code can know
    student.begin()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        tools.graders.run(Asked(student, Azure(cloud), seed, outcomes), to_run.__contains__)
    result.sandbox = student.mechanisms
    result.notes += _without_walls(student.mechanisms)
    result.notes += noted(student.warnings, partial(_place, submission))
    if outcomes.used_weights or submission.module.imports == LEARNING:
        result.notes += about_weights()
    return outcomes


def _start_worker(tools: Tools, cloud: Cloud, module: Module) -> Worker:
    """A worker whose only way out is this check's cloud."""
    content = (module.root / "solutions", module.root / "graders", module.root / "tests")
    learning = module.imports == LEARNING
    limits = LEARNING_LIMITS if learning else LIMITS
    weights = {WEIGHTS: str(weights_file())} if learning else {}
    spec = JailSpec(
        environment={"PATH": PROGRAMS, **QUIET, **cloud.environment("http://127.0.0.1:{door}"), **weights},
        readable=(str(cloud.trust), *weights.values()),
        hidden=tuple(str(path) for path in content if path.exists()),
        limits=replace(limits, seconds=float(os.environ.get(SECONDS, limits.seconds))),
        more_to_come=True,
    )
    tools.zygote.wait_until_ready(SECONDS_FOR_A_ZYGOTE)
    worker = tools.zygote.spawn(spec)
    if worker.door is None:
        worker.close()
        raise KitError(
            f"The sandbox has no way to the emulator (port {DOOR_PORT}).", "Run `workshop doctor`."
        )
    worker.open_door(cloud.open_door)
    return worker


def _place(submission: Submission, file: str, line: int) -> str:
    """The main source goes by the name of what was handed in, the others by their own."""
    main = submission.module.main_file
    source = main if file == submission.path.name else Path(file).name or main
    return str(submission.where(source, line))


def _code(submission: Submission) -> StudentCode:
    main = submission.module.main_file
    others = {name: text.encode() for name, text in submission.sources.items() if name != main}
    return StudentCode(submission.sources[main], submission.path.name, {**submission.files, **others})


def _without_walls(mechanisms: list[dict[str, Any]]) -> list[str]:
    """Where there is no jail at all, nobody must have to look for it in the list of mechanisms."""
    missing = (one for one in mechanisms if one["name"] == "unsandboxed")
    return [f"UNSANDBOXED ({one['detail']})." for one in missing]


def _judge(todo: Todo, submission: Submission, request: CheckRequest, outcomes: Outcomes) -> TodoResult:
    tests = outcomes.by_todo.get(todo.id, [])
    result = TodoResult(todo.id, todo.title, 0.0, float(todo.points), "skipped", tests=tests)
    result.hints_used = request.hints_used.get(todo.id, 0)
    result.docs = [{"title": link.title, "url": link.url} for link in todo.docs]
    if request.todos and todo.id not in request.todos:
        return result
    state = submission.state(todo.id)
    if request.whose == "student" and state == "untouched":
        result.status, result.tests = "not_started", []
        result.message = f"Not started. {_next_step(todo, submission)}"
    elif submission.syntax_error is not None:
        result.status = "failed"
        result.message = explain_syntax(submission.syntax_error)
    elif not tests:
        result.status, result.message = "error", f"No grader test is there for TODO {todo.id}."
    else:
        result.status = _status(tests)
        result.points = sum(test.points for test in tests if test.status == "passed")
        result.message = _message(tests, submission, todo)
    return result


def _next_step(todo: Todo, submission: Submission) -> str:
    first = next(iter(submission.regions_in(submission.sources, todo.id).items()), None)
    where = submission.where(first[0], first[1][0].start + 1) if first else submission.path.name
    return f"Write it at {where}, then check again. `workshop docs {todo.id}` shows what to read."


def _status(tests: list[TestResult]) -> Status:
    for status in ("error", "timeout", "failed"):
        if any(test.status == status for test in tests):
            return status
    return "passed"


def _message(tests: list[TestResult], submission: Submission, todo: Todo) -> str:
    """The first thing to mend, and a word when the TODO's markers are damaged."""
    wrong = next((test for test in tests if test.status != "passed"), None)
    if wrong is None:
        return ""
    damaged = submission.state_message(todo.id) if submission.state(todo.id) == "missing" else ""
    return "\n".join(part for part in (wrong.message, damaged) if part)

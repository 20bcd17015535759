"""The pytest plugin of one check: the fixtures, the choice of tests, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from course_runtime.grading.azure import Azure
from course_runtime.grading.bounded import bounded
from course_runtime.grading.failures import StudentFailure
from course_runtime.grading.render.text import safe
from course_runtime.grading.result import Status, TestResult
from course_runtime.grading.student import Student
from course_runtime.grading.world import World


@dataclass
class Outcomes:
    """The results of the tests, by TODO."""

    by_todo: dict[str, list[TestResult]] = field(default_factory=dict)
    used_weights: bool = False
    """Whether a test was about what ResNet50 makes of tiles."""

    def add(self, todo_id: str, result: TestResult) -> None:
        self.by_todo.setdefault(todo_id, []).append(result)


@dataclass(frozen=True)
class Asked:
    """One check, as far as the graders' tests have to do with it."""

    student: Student
    azure: Azure
    seed: str
    outcomes: Outcomes


class Graders:
    """A module's tests, collected. A process runs them once: it is forked for one check."""

    def __init__(self, items: Sequence[pytest.Item], plugin: CheckPlugin) -> None:
        self._items = items
        self._plugin = plugin
        self.broken = plugin.broken
        """What kept a grader's file from being collected at all."""

    def run(self, asked: Asked, wanted: Callable[[str], bool]) -> None:
        """The tests of the wanted TODOs; those of the others are counted but not run."""
        self._plugin.asked = asked
        chosen = []
        for item in self._items:
            todo_id, points = _todo_of(item)
            if wanted(todo_id):
                chosen.append(item)
            else:
                asked.outcomes.add(todo_id, TestResult(_name(item), "skipped", points=points))
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


class CheckPlugin:
    """`serve` is given the tests once they are collected, in place of pytest's running them."""

    def __init__(self, serve: Callable[[Graders], None]) -> None:
        self._serve = serve
        self.broken: list[str] = []
        self.asked: Asked | None = None

    @property
    def _now(self) -> Asked:
        assert self.asked is not None
        return self.asked

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._serve(Graders(session.items, self))
        return True  # nothing is left to run

    @pytest.fixture(name="student", scope="session")
    def student_fixture(self) -> Student:
        return self._now.student

    @pytest.fixture(name="azure", scope="session")
    def azure_fixture(self) -> Azure:
        return self._now.azure

    @pytest.fixture(autouse=True)
    def no_fault_outlives_its_test(self) -> Iterator[None]:
        yield
        self._now.azure.clear_faults()

    @pytest.fixture(name="world")
    def world_fixture(self, request: pytest.FixtureRequest) -> Iterator[World]:
        yield from self._world(request.node.name)

    @pytest.fixture(name="shared_world", scope="module")
    def shared_world_fixture(self, request: pytest.FixtureRequest) -> Iterator[World]:
        """For what the tests of one file share."""
        yield from self._world(request.node.name)

    def _world(self, name: str) -> Iterator[World]:
        world = World(self._now.seed, name, self._now.azure)
        yield world
        self._now.outcomes.used_weights |= world.used_weights

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "todo(id, points): the TODO that the test is for, and its worth")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            _todo_of(item)  # one without is refused now

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(str(report.longrepr))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """One endless loop costs its time once: the TODO's other tests would only wait for it again."""
        todo_id, _ = _todo_of(item)
        if any(test.status == "timeout" for test in self._now.outcomes.by_todo.get(todo_id, [])):
            raise StudentFailure(
                "Not run, because another test of this TODO did not come to an end.", kind="timeout"
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        todo_id, points = _todo_of(item)
        if call.when == "call":
            status, message = _judged(call)
            result = TestResult(_name(item), status, call.duration, message, points)
            self._now.outcomes.add(todo_id, result)
        elif call.excinfo is not None:
            status, message = _judged(call)
            self._now.outcomes.add(todo_id, TestResult(_name(item), status, call.duration, message, points))
        return report


def _judged(call: pytest.CallInfo[None]) -> tuple[Status, str]:
    """Passed, failed by the student, or broken by the kit."""
    if call.excinfo is None:
        return "passed", ""
    error = call.excinfo.value
    if isinstance(error, StudentFailure):
        return ("timeout" if error.kind == "timeout" else "failed"), str(error)
    if isinstance(error, AssertionError):
        return "failed", bounded(safe(_said(error)))
    where = call.excinfo.traceback[-1]
    return "error", (
        f"The kit's own test broke: {type(error).__name__}: {error} ({where.path}:{where.lineno + 1}). "
        "This is not your fault; please tell whoever gave you the workshop."
    )


def _said(error: AssertionError) -> str:
    """The grader's sentence, without what pytest adds to it."""
    text = str(error)
    sentence, added, _ = text.partition("\nassert ")
    return sentence if added else text.removeprefix("assert ")


def _todo_of(item: pytest.Item) -> tuple[str, float]:
    mark = item.get_closest_marker("todo")
    if mark is None:
        raise pytest.UsageError(f"{item.nodeid} has no @todo: say which TODO it is for.")
    return str(mark.args[0]), float(mark.kwargs.get("points", 1))


def _name(item: pytest.Item) -> str:
    """The first line of the test's docstring, as the student reads it; its parameters after it."""
    function = getattr(item, "function", None)
    words = (function.__doc__ or "").strip().splitlines() if function else []
    name = words[0].rstrip(".") if words else item.name.removeprefix("test_").replace("_", " ")
    parameters = getattr(item, "callspec", None)
    return f"{name} [{parameters.id}]" if parameters else name

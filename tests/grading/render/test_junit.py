from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.grading.render import junit_xml
from course_runtime.grading.result import Result, TestResult, TodoResult

TESTS = [
    TestResult("adds", "passed", 0.25),
    TestResult("carries", "failed", 0.5, "Expected 2.\nIt gave 3."),
    TestResult("ends", "timeout", 20.0, "No answer."),
    TestResult("kit", "error", 0.0, "The kit broke."),
]
RESULT = Result(
    "module7",
    "emulator",
    1.5,
    todos=[
        TodoResult("7.1", "Add", 1, 4, "failed", tests=TESTS),
        TodoResult("7.2", "Later", 0, 4, "not_started", "Not started."),
    ],
)


def test_counts_and_cases() -> None:
    root = ElementTree.fromstring(junit_xml(RESULT))
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped", "time")}
    assert counts == {"tests": "5", "failures": "2", "errors": "1", "skipped": "1", "time": "1.500"}
    assert [suite.get("name") for suite in root] == ["7.1 Add", "7.2 Later"]
    failure = root.find(".//testcase[@name='carries']/failure")
    assert failure is not None
    assert (failure.get("message"), failure.text) == ("Expected 2.", "Expected 2.\nIt gave 3.")
    assert root.find(".//testcase[@name='adds']").find("*") is None  # type: ignore[union-attr]
    assert root.find(".//testcase[@name='Later']/skipped") is not None


@given(st.text())
def test_any_text_makes_well_formed_xml(text: str) -> None:
    result = Result("m", "emulator", todos=[TodoResult("1.1", text, 0, 1, "failed", text)])
    result.todos[0].tests = [TestResult(text, "failed", 0.0, text)]
    ElementTree.fromstring(junit_xml(result))

"""The result as JUnit XML, for build servers: a test suite a TODO, a test case a test."""

from __future__ import annotations

from xml.etree import ElementTree

from course_runtime.grading.render.text import safe
from course_runtime.grading.result import Result, Status, TestResult, TodoResult

ELEMENTS = {
    "failed": "failure",
    "timeout": "failure",
    "error": "error",
    "not_started": "skipped",
    "skipped": "skipped",
}


def junit_xml(result: Result) -> bytes:
    suites = [_suite(todo, result.module) for todo in result.todos]
    root = ElementTree.Element("testsuites", {"name": safe(result.module), "time": _seconds(result.seconds)})
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.attrib[name]) for suite in suites)))
    root.extend(suites)
    ElementTree.indent(root)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _suite(todo: TodoResult, module: str) -> ElementTree.Element:
    """A TODO whose tests did not run is one test case, so that it is not lost from the count."""
    tests = todo.tests or [TestResult(todo.title, todo.status, 0.0, todo.message)]
    suite = ElementTree.Element("testsuite", {"name": safe(f"{todo.id} {todo.title}")})
    suite.set("tests", str(len(tests)))
    for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(ELEMENTS.get(test.status) == element for test in tests)))
    suite.set("time", _seconds(sum(test.seconds for test in tests)))
    suite.extend(_case(test, f"{module}.{todo.id}") for test in tests)
    return suite


def _case(test: TestResult, owner: str) -> ElementTree.Element:
    case = ElementTree.Element("testcase", {"classname": safe(owner), "name": safe(test.name)})
    case.set("time", _seconds(test.seconds))
    if element := ELEMENTS.get(test.status):
        case.append(_outcome(element, test.status, safe(test.message)))
    return case


def _outcome(element: str, status: Status, message: str) -> ElementTree.Element:
    outcome = ElementTree.Element(element, {"message": message.partition("\n")[0]})
    if element != "skipped":
        outcome.set("type", status)
        outcome.text = message
    return outcome


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"

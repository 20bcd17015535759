"""11 The test runner's reports, patched."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import sys, types
try:
    import _pytest.reports, unittest
    _pytest.reports.TestReport.outcome = "passed"
    _pytest.reports.TestReport.failed = property(lambda self: False)
    unittest.TestResult.wasSuccessful = lambda self: True
except ImportError:
    pass
for name in ("pytest", "_pytest", "_pytest.runner", "course_runtime.grading", "course_runtime.grading.result"):
    sys.modules[name] = types.ModuleType(name)
"""


def test_it_is_another_process_that_judges(attack: Attack) -> None:
    result = attack(SOURCE)
    assert result.todos[0].status == "failed"

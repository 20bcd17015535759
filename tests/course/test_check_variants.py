from __future__ import annotations

import shutil

import pytest

from course_runtime.course.check_variants import variant_problems
from course_runtime.course.model import Module


def _said(module: Module) -> str:
    return "\n".join(str(problem) for problem in variant_problems(module))


def test_variants_in_order_have_no_problem(basics: Module, scripts: Module) -> None:
    assert _said(basics) == _said(scripts) == ""


def test_too_few_variants_are_said(basics: Module) -> None:
    shutil.rmtree(basics.folder / "wheat")
    (basics.folder / "chaff" / "count.py").unlink()
    assert "There is no wheat" in _said(basics)
    assert "TODO 0.2 has 2 chaff, expected 3 or more" in _said(basics)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# why: w\n# TODO 0.1 x\nNAME = 1\n# END TODO\n", "Its header names no TODO"),
        (
            "# chaff: 0.9\n# why: w\n# TODO 0.1 x\nNAME = 1\n# END TODO\n",
            "TODO 0.9, which is not in module.toml",
        ),
        ("# chaff: 0.1\n# TODO 0.1 x\nNAME = 1\n# END TODO\n", "has no `# why:`"),
        ("# chaff: 0.1\n# why: w\n# TODO 0.9 x\nNAME = 1\n# END TODO\n", "may only change regions"),
        ("# chaff: 0.1\n# why: w\n# TODO 0.1 x\nNAME = 1\n", "TODO 0.1 has no # END TODO"),
        (
            "# chaff: 0.1\n# why: w\n# TODO 0.1 x\nNAME = (\n# END TODO\n",
            "it does not compile: '(' was never closed",
        ),
        (
            '# chaff: 0.1\n# why: w\n# TODO 0.1 x\nNAME = "ada lovelace, countess"  # same\n# END TODO\n',
            "the same as the solution",
        ),
        ("# chaff: 0.1\n# why: w\n", "the same as the solution"),
        ("# chaff: 0.1\n# why: w\n# file: no.py\n", "changes no.py, which module0 does not list"),
    ],
)
def test_a_fault_in_a_variant_is_said(basics: Module, text: str, said: str) -> None:
    path = basics.folder / "chaff" / "new.py"
    path.write_text(text)
    problems = [problem for problem in variant_problems(basics) if problem.file == path]
    assert any(said in problem.what + problem.next_step for problem in problems)

"""Which walls of the sandbox a class needs: others' code is run beside others' code and beside the tests."""

from __future__ import annotations

from pathlib import Path

from course_runtime.course import Module
from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, KitError, Result, check

NEEDED = (
    "user namespace",
    "mount namespace",
    "pid namespace",
    "network namespace",
    "read-only root",
    "seccomp",
)


def fallen_walls(result: Result) -> list[str]:
    """Those that did not hold; of a check that ran no code of the student's, none."""
    held = {one["name"] for one in result.sandbox if one["held"]}
    return [name for name in NEEDED if name not in held] if result.sandbox else []


def require_walls(result: Result, unsandboxed: bool) -> None:
    fallen = fallen_walls(result)
    if fallen and not unsandboxed:
        raise KitError(
            f"The sandbox does not hold on this machine: no {', no '.join(fallen)}.",
            "Grade on a Linux machine that allows user namespaces (`workshop doctor` says more),"
            " or give --unsandboxed if you trust every submission.",
        )


def rehearse(module: Module, content: Path, places: Places, unsandboxed: bool) -> Result:
    """The module's own solution first: it must get every point, and the sandbox must hold around it."""
    request = CheckRequest(module.short, str(module.folder), whose="solution", content=str(content))
    result = check(request, places)
    require_walls(result, unsandboxed)
    if not result.passed:
        wrong = next(todo for todo in result.todos if todo.status != "passed")
        raise KitError(
            f"The solution of {module.short} itself gets {result.score:g} of {result.max_score:g} points here,"
            f" so no grade would be just. {wrong.id}: {wrong.message}",
            "Run `workshop doctor`, then the same command again.",
        )
    return result

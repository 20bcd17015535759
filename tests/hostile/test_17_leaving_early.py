"""17 Leaving with success: os._exit(0), sys.exit, SystemExit, in a function and at import."""

from __future__ import annotations

import pytest

from .attack import Attack

WAYS = {
    "os._exit(0)": "exit code 0",
    "sys.exit(0)": "take out the exit",
    "sys.exit('all tests passed')": "take out the exit",
    "raise SystemExit": "take out the exit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "raise GeneratorExit": "GeneratorExit",
    "os.kill(os.getpid(), 9)": "SIGKILL",
    "os.abort()": "SIGABRT",
    "os.execv('/bin/true', ['true'])": "exit code 0",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_is_a_failure(attack: Attack, way: str) -> None:
    result = attack("import os, sys", way)
    assert WAYS[way] in result.todos[0].message


@pytest.mark.parametrize("way", WAYS)
def test_at_import_neither(attack_in_py: Attack, way: str) -> None:
    result = attack_in_py(f"import os, sys\n{way}", "return 2 * number", "return f'Hello {name}'")
    assert WAYS[way] in result.todos[1].message

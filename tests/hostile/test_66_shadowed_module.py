"""66 The module replaced by an object, a function by what only looks like one."""

from __future__ import annotations

import pytest

from .attack import Attack

SOURCES = {
    "module": "import sys\nclass Fake:\n    def __getattr__(self, name): return lambda *_: 0\nsys.modules['exercise'] = Fake()",
    "getattr": "def __getattr__(name): return lambda *_: 0\nimport sys\nsys.modules['exercise'].__dict__.clear()",
    "mock": "from unittest.mock import MagicMock\nimport sys\nsys.modules['exercise'] = MagicMock()",
    "none": "import sys\nsys.modules['exercise'] = None",
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_it_answers_is_what_counts(attack: Attack, name: str) -> None:
    result = attack(SOURCES[name])
    assert result.todos[0].status == "failed"

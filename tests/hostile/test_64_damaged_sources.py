"""64 Sources whose encoding or characters are meant to be read in two ways."""

from __future__ import annotations

import pytest

from course_runtime.grading import KitError

from .attack import Attack, require_clear

SOURCES = {
    "another encoding": "# -*- coding: rot13 -*-",
    "utf-7": "# -*- coding: utf-7 -*-\n# +AAo-import os",
    "no such encoding": "# -*- coding: nonsense -*-",
    "form feeds": "\f\f# END TODO\f",
    "bidirectional": "access = 'user\u202e \u2066# admin\u2069 \u2066'",
    "look-alikes": "def dоuble(number): return 2 * number",
    "line separators": "x = 1\u2028\x85\x1c\x1d",
    "half a character": "x = '\ud800'",
    "nothing": "x = '\0'",
}


@pytest.mark.parametrize("name", SOURCES)
def test_it_gains_nothing(attack_in_py: Attack, name: str) -> None:
    try:
        attack_in_py(SOURCES[name])
    except KitError as problem:
        require_clear(problem.message)

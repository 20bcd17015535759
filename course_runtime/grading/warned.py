"""What Python warned of while the student's code ran, as notes: each once, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MOST = 20
PLACED = re.compile(r"(?P<said>.*) \((?P<file>[^()]*):(?P<line>\d+)\)", re.DOTALL)
PACKAGES = re.compile(r".*/(?:site|dist)-packages/")


def noted(warnings: Iterable[str], place: Callable[[str, int], str]) -> list[str]:
    """`place` tells where a line of the student's own files is, in their words."""
    told = dict.fromkeys(_in_their_words(warning, place) for warning in warnings)
    return [f"Warning while your code ran (it costs nothing): {warning}" for warning in told][:MOST]


def _in_their_words(warning: str, place: Callable[[str, int], str]) -> str:
    found = PLACED.fullmatch(warning)
    if found is None:
        return warning
    file, line = found["file"], int(found["line"])
    where = place(file, line) if "/" not in file else f"{PACKAGES.sub('', file)}, line {line}"
    return f"{found['said']} ({where})"

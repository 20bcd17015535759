"""What can happen while one watches: the loop takes these one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.grading import Result


@dataclass(frozen=True)
class Saved:
    """These files came, changed or went."""

    paths: frozenset[Path]


@dataclass(frozen=True)
class Pressed:
    """A key; empty when the keyboard is gone for good."""

    key: str


@dataclass(frozen=True)
class Noticing:
    """How changes are noticed from now on, as a sentence for the student."""

    words: str
    polling: bool


@dataclass(frozen=True)
class Finished:
    """The check with this number has its result, or the sentence that stands for one."""

    number: int
    result: Result | None = None
    problem: str = ""
    waiting: bool = False
    """The file cannot be read as it is: the next save may mend it."""


@dataclass(frozen=True)
class Resumed:
    """The process was stopped, and goes on."""


Event = Saved | Pressed | Noticing | Finished | Resumed

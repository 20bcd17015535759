"""A record of which walls of the jail stand: each is tried when a worker starts, none is assumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mechanism:
    name: str
    held: bool
    detail: str = ""


@dataclass
class Attempts:
    """The mechanisms tried so far, in order."""

    made: list[Mechanism] = field(default_factory=list)

    def attempt(self, name: str, action: Callable[[], object]) -> bool:
        try:
            action()
        except (OSError, ValueError) as problem:
            return self.failed(name, str(problem))
        return self.held(name)

    def held(self, name: str, detail: str = "") -> bool:
        self.made.append(Mechanism(name, True, detail))
        return True

    def failed(self, name: str, detail: str) -> bool:
        self.made.append(Mechanism(name, False, detail))
        return False

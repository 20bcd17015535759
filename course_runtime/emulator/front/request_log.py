"""What was asked of a cloud: by whom, when, and how it was answered. Graders read it as evidence."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

KEPT = 10_000


@dataclass(frozen=True)
class Entry:
    number: int
    time: float
    method: str
    host: str
    path: str
    query: str
    status: int
    principal: str
    user_agent: str
    seconds: float


class RequestLog:
    """The last requests, oldest first; the number goes on counting when old ones are forgotten."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.total = 0

    def add(self, **values: Any) -> None:
        self.total += 1
        self._entries.append(Entry(number=self.total, **values))

    def since(self, number: int = 0) -> list[dict[str, Any]]:
        return [dict(vars(entry)) for entry in self._entries if entry.number > number]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

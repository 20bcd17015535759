"""Faults on demand: throttling, outages, slowness and dropped connections, for so many requests."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any


@dataclass
class Fault:
    """Requests that match get `status` (or a dropped connection), `times` times, after `after` have passed."""

    method: str = "*"
    host: str = "*"
    path: str = "*"
    status: int = 503
    code: str = "ServiceUnavailable"
    message: str = "The service is unavailable. Try again later."
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    times: int = 1
    after: int = 0
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def matches(self, method: str, host: str, path: str) -> bool:
        return (
            fnmatchcase(method, self.method.upper())
            and fnmatchcase(host.lower(), self.host.lower())
            and fnmatchcase(path.lower(), self.path.lower())
        )


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def as_list(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._faults]

    def take(self, method: str, host: str, path: str) -> Fault | None:
        """The fault that strikes this request, counted down."""
        for fault in self._faults:
            if not fault.matches(method, host, path):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
            return fault
        return None

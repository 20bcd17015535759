"""Which operation a request asks for, and a table's worth of what each of them needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from course_runtime.emulator.kernel.errors import not_implemented
from course_runtime.emulator.services.storage.authorization import Permission
from course_runtime.emulator.services.storage.call import Call

Handler = Callable[[Call], Awaitable[Response]]
Key = tuple[str, str, str]
"""Level (`account`, `container`, `blob`, …), method, and what `comp` says."""


@dataclass(frozen=True)
class Operation:
    name: str
    handler: Handler
    permission: Permission


Table = Mapping[Key, Operation]


def find(table: Table, level: str, method: str, comp: str, what: str) -> Operation:
    found = table.get((level, method, comp))
    if found is None:
        raise not_implemented(f"{method} {what}{f' with comp={comp}' if comp else ''}")
    return found

"""The coverage page: every operation of azure-ai-ml, and how far the emulator goes along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from course_runtime.emulator.sdk_coverage.answered import Tables
from course_runtime.emulator.sdk_coverage.sdk_requests import (
    SdkRequest,
    operation_groups,
    operations_of,
    requests_of,
)

State = Literal["implemented", "partial", "not yet", "unclear"]


@dataclass(frozen=True)
class Operation:
    group: str
    name: str
    state: State
    why: str = ""


def coverage(group: str | None = None) -> list[Operation]:
    """Derived from the installed SDK and the emulator's routes; takes a second or two for the SDK's import."""
    tables = Tables()
    return [
        _operation(name, operation, requests_of(one, operation), tables)
        for name, one in sorted(operation_groups().items())
        if group in (None, name)
        for operation in operations_of(one)
    ]


def _operation(group: str, name: str, requests: frozenset[SdkRequest], tables: Tables) -> Operation:
    if not requests:
        return Operation(group, name, "unclear", "its requests cannot be read from the SDK's source")
    verdicts = {request: tables.verdict(request) for request in requests}
    missing = sorted(_shown(request) for request, verdict in verdicts.items() if not verdict.answered)
    limits = sorted({verdict.limit for verdict in verdicts.values() if verdict.answered and verdict.limit})
    if len(missing) == len(verdicts):
        return Operation(group, name, "not yet", "; ".join(missing))
    if missing:
        return Operation(group, name, "partial", "not answered: " + "; ".join(missing))
    if limits:
        return Operation(group, name, "partial", "; ".join(limits))
    return Operation(group, name, "implemented")


def _shown(request: SdkRequest) -> str:
    """The end of the template: what is before it is the same everywhere."""
    tail = request.template.split("/workspaces/{workspaceName}/", 1)[-1].split("/providers/", 1)[-1]
    return f"{request.method} {tail}"

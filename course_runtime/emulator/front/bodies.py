"""Request bodies, read to a limit; and JSON that can be kept and shown again without surprises."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from course_runtime.emulator.kernel.errors import AzureError, invalid_request

DEEPEST = 100


async def limited_body(request: Request, limit: int) -> bytes:
    """The whole body, or Azure's 413 as soon as it is known to be longer than `limit` bytes."""
    if int(request.headers.get("content-length") or 0) > limit:
        raise _too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def json_of(body: bytes) -> Any:
    """The value that a body stands for, None when it is empty; refused when it is not JSON as Azure takes it."""
    if not body.strip():
        return None
    try:
        value = json.loads(body, parse_constant=_refuse_constant, parse_float=_finite)
        _refuse_depth(value, body)
        _refuse_lone_surrogates(value, body)
    except (ValueError, RecursionError) as error:
        raise invalid_request(
            f"The request content was invalid and could not be deserialized: '{error}'."
        ) from None
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"the number {text} is too large")
    return number


def _refuse_depth(value: Any, body: bytes) -> None:
    """Whoever copies or writes the value recurses; few bodies have brackets enough to need a look."""
    if body.count(b"{") + body.count(b"[") <= DEEPEST:
        return
    level = [value]
    for _ in range(DEEPEST):
        level = [item for one in level for item in _items(one)]
        if not level:
            return
    raise ValueError(f"the content is nested more than {DEEPEST} levels deep")


def _items(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse_lone_surrogates(value: Any, body: bytes) -> None:
    """Half of a UTF-16 pair is text that no answer could be written with."""
    if rb"\u" in body or b"\0" in body:
        json.dumps(value, ensure_ascii=False).encode()


def _too_large(limit: int) -> AzureError:
    shown = f"{limit // 1024 // 1024} MB" if limit >= 1024 * 1024 else f"{limit // 1024} KB"
    return AzureError(
        413,
        "RequestContentTooLarge",
        f"The request content size exceeds the maximum size of '{shown}'.",
    )

"""Long-running operations: what a client polls after `Azure-AsyncOperation` or `Location`.

`retry-after-ms: 1` keeps the SDK from sleeping half a minute between polls; the wait that counts is on the
cloud's clock.
"""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.errors import AzureError

KIND = "operation"
POLL_AT_ONCE = {"retry-after-ms": "1"}
POLL_SOON = {"retry-after-ms": "25"}
"""For what really takes its time: a client that asks each millisecond would only hold it up."""


def start(context: Context, *, seconds: float = 0.0) -> dict[str, str]:
    """Begin an operation that is done `seconds` from now; the headers that lead the client to it."""
    return headers_of(begin(context.cloud, done_at=context.cloud.clock.now() + seconds), context)


def begin(cloud: Any, *, done_at: float | None = None) -> str:
    """An operation's identifier. Without a moment at which it is done it goes on until `finish`."""
    identifier = str(uuid.uuid4())
    cloud.documents.put(KIND, identifier, {"done_at": done_at, "error": None})
    return identifier


def headers_of(identifier: str, context: Context) -> dict[str, str]:
    subscription = context.path.subscription
    url = f"https://{context.host}/subscriptions/{subscription}/providers/Workshop.Emulator/operations/{identifier}"
    return {"Azure-AsyncOperation": url, "Location": url, **POLL_AT_ONCE}


def poll(context: Context) -> Reply:
    """The operation's state, in the shape that both header styles accept."""
    document = context.cloud.documents.get(KIND, context.path.name)
    if document is None:
        raise AzureError(404, "OperationNotFound", f"The operation '{context.path.name}' could not be found.")
    done_at = document["done_at"]
    if done_at is None or context.cloud.clock.now() < done_at:
        pause = POLL_AT_ONCE if done_at else POLL_SOON
        headers = {"Location": f"https://{context.host}{quote(context.path.id)}", **pause}
        return Reply(202, {"status": "InProgress"}, headers)
    if document["error"]:
        return Reply(200, {"status": "Failed", "error": document["error"]}, POLL_AT_ONCE)
    return Reply(200, {"status": "Succeeded"}, POLL_AT_ONCE)


def finish(cloud: Any, identifier: str, error: AzureError | None = None) -> None:
    """The end of an operation that was begun without a moment."""
    described = error.envelope()["error"] if error else None
    cloud.documents.put(KIND, identifier, {"done_at": cloud.clock.now(), "error": described})

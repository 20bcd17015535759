"""Leases: who holds one may write and delete, nobody else. The same for blobs and containers."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.responses import Response

from course_runtime.emulator.services.storage.call import Call, answer
from course_runtime.emulator.services.storage.errors import StorageError, invalid_header, missing_header
from course_runtime.emulator.services.storage.formats import http_date
from course_runtime.emulator.store.blobs import Blob, Container

FOREVER = -1


def state_of(lease: dict[str, Any], now: float) -> str:
    if not lease:
        return "available"
    if lease.get("broken_at") is not None:
        return "broken" if now >= lease["broken_at"] else "breaking"
    if lease["duration"] != FOREVER and now >= lease["until"]:
        return "expired"
    return "leased"


def shown(lease: dict[str, Any], now: float) -> dict[str, str]:
    """The lease in the words of response headers."""
    state = state_of(lease, now)
    locked = state in ("leased", "breaking")
    headers = {"x-ms-lease-status": "locked" if locked else "unlocked", "x-ms-lease-state": state}
    if state == "leased":
        headers["x-ms-lease-duration"] = "infinite" if lease["duration"] == FOREVER else "fixed"
    return headers


def require(call: Call, found: Blob | Container | None, *, writing: bool = True) -> None:
    """Refuse a change without the lease that holds; a read must only not name a wrong one."""
    given = call.header("x-ms-lease-id")
    if found is None:
        return
    what = "blob" if isinstance(found, Blob) else "container"
    held = state_of(found.lease, call.now) in ("leased", "breaking")
    if held and not given and writing:
        raise StorageError(
            412,
            "LeaseIdMissing",
            f"There is currently a lease on the {what} and no lease ID was specified in the request.",
        )
    if given and not held:
        raise StorageError(
            412,
            f"LeaseNotPresentWith{what.capitalize()}Operation",
            f"There is currently no lease on the {what}.",
        )
    if given and given.lower() != found.lease["id"]:
        raise StorageError(
            412,
            f"LeaseIdMismatchWith{what.capitalize()}Operation",
            f"The lease ID specified did not match the lease ID for the {what}.",
        )


def change(call: Call, found: Blob | Container, action: str = "") -> Response:
    """Acquire, renew, change, release or break; the caller keeps `found` afterwards."""
    wanted = (action or call.header("x-ms-lease-action")).lower()
    actions = {"acquire": _acquire, "renew": _renew, "change": _change, "release": _release, "break": _break}
    if wanted not in actions:
        raise invalid_header("x-ms-lease-action", wanted, f"One of {', '.join(actions)} was expected.")
    status, more = actions[wanted](call, found.lease)
    return answer(status, {"ETag": found.etag, "Last-Modified": http_date(found.modified), **more})


def _acquire(call: Call, lease: dict[str, Any]) -> tuple[int, dict[str, str]]:
    duration = _duration(call)
    wanted = _guid(call.header("x-ms-proposed-lease-id") or str(uuid.uuid4()), "x-ms-proposed-lease-id")
    if state_of(lease, call.now) in ("leased", "breaking") and lease["id"] != wanted:
        raise StorageError(409, "LeaseAlreadyPresent", "There is already a lease present.")
    lease.clear()
    lease.update(id=wanted, duration=duration, until=call.now + duration)
    return 201, {"x-ms-lease-id": wanted}


def _renew(call: Call, lease: dict[str, Any]) -> tuple[int, dict[str, str]]:
    _require_own(call, lease)
    if lease.get("broken_at") is not None:
        raise StorageError(
            409,
            "LeaseIsBrokenAndCannotBeRenewed",
            "The lease ID matched, but the lease has been broken explicitly.",
        )
    lease["until"] = call.now + lease["duration"]
    return 200, {"x-ms-lease-id": lease["id"]}


def _change(call: Call, lease: dict[str, Any]) -> tuple[int, dict[str, str]]:
    wanted = _guid(call.header("x-ms-proposed-lease-id"), "x-ms-proposed-lease-id")
    if lease.get("id") != wanted:
        _require_own(call, lease)
    lease["id"] = wanted
    return 200, {"x-ms-lease-id": wanted}


def _release(call: Call, lease: dict[str, Any]) -> tuple[int, dict[str, str]]:
    _require_own(call, lease)
    lease.clear()
    return 200, {}


def _break(call: Call, lease: dict[str, Any]) -> tuple[int, dict[str, str]]:
    state = state_of(lease, call.now)
    if state in ("available", "expired"):
        raise StorageError(
            409, "LeaseNotPresentWithLeaseOperation", "There is currently no lease on the resource."
        )
    remaining = 0 if lease["duration"] == FOREVER else max(0, int(lease["until"] - call.now))
    given = call.header("x-ms-lease-break-period")
    if given and not given.isdecimal():
        raise invalid_header("x-ms-lease-break-period", given)
    seconds = min(int(given), remaining) if given and remaining else int(given) if given else remaining
    if state != "broken":
        lease["broken_at"] = call.now + seconds
    return 202, {"x-ms-lease-time": str(seconds)}


def _require_own(call: Call, lease: dict[str, Any]) -> None:
    given = call.header("x-ms-lease-id")
    if not given:
        raise missing_header("x-ms-lease-id")
    if lease.get("id") != given.lower():
        raise StorageError(
            409,
            "LeaseIdMismatchWithLeaseOperation",
            "The lease ID specified did not match the lease ID for the resource.",
        )


def _duration(call: Call) -> int:
    given = call.header("x-ms-lease-duration")
    if not given:
        raise missing_header("x-ms-lease-duration")
    if given == "-1":
        return FOREVER
    if not given.isdecimal() or not 15 <= int(given) <= 60:
        raise invalid_header("x-ms-lease-duration", given, "15 to 60 seconds, or -1 for ever, were expected.")
    return int(given)


def _guid(text: str, header: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise invalid_header(header, text, "A GUID was expected.") from None

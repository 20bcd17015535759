"""Shared access signatures: is it ours, is it the time, and what does it permit?

The address range (`sip`) is not looked at: every client of the workshop's Azure comes from this machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.storage import shared_key
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.services.storage.errors import StorageError, authentication_failed
from course_runtime.emulator.services.storage.formats import iso_seconds, parse_iso
from course_runtime.emulator.services.storage.user_delegation import delegation_key

RESPONSE_HEADERS = {
    "rscc": "cache-control",
    "rscd": "content-disposition",
    "rsce": "content-encoding",
    "rscl": "content-language",
    "rsct": "content-type",
}


@dataclass(frozen=True)
class Target:
    """What a signature is asked to open."""

    cloud: Cloud
    account: Account
    service: str
    container: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def key(self) -> str:
        return self.account.files_key if self.service == "file" else self.account.key


@dataclass(frozen=True)
class Grant:
    letters: str
    delegated_by: str = ""
    """The object id of who made the delegation key; their own roles bound the signature."""


def read(target: Target, resource_type: str) -> Grant:
    """What the signature in the query permits; refused when it is forged, too early, too late or for another."""
    if "ss" in target.query:
        return _account_signature(target, resource_type)
    if target.query.get("skoid"):
        return _delegated_signature(target)
    return _service_signature(target)


def _account_signature(target: Target, resource_type: str) -> Grant:
    query = target.query
    names = ("sp", "ss", "srt", "st", "se", "sip", "spr", "sv", "ses")
    text = "".join(f"{value}\n" for value in (target.account.name, *(query.get(name, "") for name in names)))
    _require_match(target.account.keys, [text, text.removesuffix("\n")], query)
    _require_time(target, query.get("st", ""), query.get("se", ""))
    if target.service[0] not in query["ss"]:
        raise _mismatch("AuthorizationServiceMismatch", "using this service")
    if resource_type not in query.get("srt", ""):
        raise _mismatch("AuthorizationResourceTypeMismatch", "using this resource type")
    return Grant(query.get("sp", ""))


def _service_signature(target: Target) -> Grant:
    query = target.query
    candidates = [
        _joined(target, resource, ["si"], extra=extra)
        for resource in _resources(target)
        for extra in (["ses"], [])
    ]
    _require_match(target.account.keys, candidates, query)
    policy = _policy(target, query["si"]) if query.get("si") else {}
    _require_time(
        target, query.get("st") or policy.get("Start", ""), query.get("se") or policy.get("Expiry", "")
    )
    return Grant(query.get("sp") or policy.get("Permission", ""))


def _delegated_signature(target: Target) -> Grant:
    """The layouts grew with the versions; whichever one the client signed must match in full."""
    query = target.query
    start, end = query.get("skt", ""), query.get("ske", "")
    key = delegation_key(target.cloud, target.account, query["skoid"], query.get("sktid", ""), start, end)
    base = ["skoid", "sktid", "skt", "ske", "sks", "skv"]
    agents = [] if target.service == "file" else ["saoid", "suoid", "scid"]
    layouts = [
        ([*base, *agents], ["ses"], False),
        ([*base, *agents, "skdutid", "sduoid"], ["ses"], False),
        ([*base, *agents, "skdutid", "sduoid"], ["ses"], True),
    ]
    candidates = [
        _joined(target, resource, middle, extra=extra, requested=requested)
        for resource in _resources(target)
        for middle, extra, requested in layouts
    ]
    _require_match((key,), candidates, query)
    _require_time(target, start, end)
    _require_time(target, query.get("st", ""), query.get("se", ""))
    return Grant(query.get("sp", ""), query["skoid"])


def _resources(target: Target) -> Iterator[str]:
    """The resource the signature speaks of, as the request names it."""
    base = f"/{target.service}/{target.account.name}/{target.container}"
    kind = target.query.get("sr", "")
    if kind in ("c", "s"):
        yield base
    elif kind == "d":
        depth = target.query.get("sdd", "0")
        parts = target.path.strip("/").split("/")[: int(depth) if depth.isdecimal() else 0]
        yield "/".join([base, *parts])
    elif kind in ("b", "f"):
        yield f"{base}/{target.path}"


def _joined(
    target: Target, resource: str, middle: list[str], *, extra: list[str], requested: bool = False
) -> str:
    query = target.query
    if target.service == "file":
        tail = ["sip", "spr", "sv", *RESPONSE_HEADERS]
        names = ["sp", "st", "se", "\0", *middle, *tail]
        return "\n".join(resource if name == "\0" else query.get(name, "") for name in names)
    head = ["sp", "st", "se", "\0", *middle, "sip", "spr", "sv", "sr"]
    values = [resource if name == "\0" else query.get(name, "") for name in head]
    values += [query.get("snapshot", ""), *(query.get(name, "") for name in extra)]
    if requested:
        values += [_named_headers(target), _named_parameters(target)]
    return "\n".join([*values, *(query.get(name, "") for name in RESPONSE_HEADERS)])


def _named_headers(target: Target) -> str:
    names = [name for name in target.query.get("srh", "").split(",") if name]
    return "".join(f"{name}:{target.headers.get(name.lower(), '')}\n" for name in names)


def _named_parameters(target: Target) -> str:
    names = [name for name in target.query.get("srq", "").split(",") if name]
    return "".join(f"\n{name}:{target.query.get(name.lower(), '')}" for name in names)


def _policy(target: Target, identifier: str) -> dict[str, str]:
    container = target.cloud.blobs.container(target.key, target.container)
    for policy in container.policies if container else []:
        if policy["Id"] == identifier:
            return policy
    raise authentication_failed(
        f"Signed identifier '{identifier}' is not a stored access policy of the container."
    )


def _require_match(keys: tuple[str, ...], candidates: list[str], query: Mapping[str, str]) -> None:
    signature = query.get("sig", "")
    if not any(shared_key.matches(keys, text, signature) for text in candidates):
        shown = (
            candidates[0]
            if candidates
            else f"(the resource type 'sr={query.get('sr', '')}' is not known here)"
        )
        raise authentication_failed(
            f"Signature did not match. String to sign used was {shown}"
            if candidates
            else f"Signature did not match: {shown}"
        )


def _require_time(target: Target, start: str, end: str) -> None:
    now, first, last = target.cloud.clock.now(), parse_iso(start), parse_iso(end)
    if last is None or (start and first is None):
        raise authentication_failed("Signed expiry time (and start time, if given) must be ISO 8601 dates.")
    if now > last or (first is not None and now < first):
        raise authentication_failed(
            f"Signature not valid in the specified time frame: Start [{start or 'none'}] - Expiry [{end}] - "
            f"Current [{iso_seconds(now)}]"
        )


def _mismatch(code: str, what: str) -> StorageError:
    return StorageError(
        403, code, f"This request is not authorized to perform this operation {what}.".replace("  ", " ")
    )

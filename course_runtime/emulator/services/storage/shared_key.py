"""The signature that an account key makes over a request, and over any text."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

from course_runtime.emulator.services.storage.errors import StorageError, authentication_failed
from course_runtime.emulator.services.storage.formats import parse_http_date, split_query

SIGNED_HEADERS = (
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
)
MINUTES_A_REQUEST_IS_FRESH = 15


def sign(key: str, text: str) -> str:
    mac = hmac.new(base64.b64decode(key), text.encode("utf-8"), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


def matches(keys: tuple[str, ...], text: str, signature: str) -> bool:
    given = signature.encode("utf-8", "replace")
    return any(hmac.compare_digest(sign(key, text).encode(), given) for key in keys)


def require_signature(
    method: str, raw_path: str, query: str, headers: Mapping[str, str], account: str, keys: tuple[str, ...]
) -> None:
    """Refuse a request whose SharedKey signature is not the one that an account key makes."""
    name, _, signature = headers["authorization"].partition(" ")[2].strip().partition(":")
    if name != account:
        raise authentication_failed(f"The request is signed for account '{name}', it went to '{account}'.")
    _require_fresh(headers.get("x-ms-date") or headers.get("date", ""))
    text = string_to_sign(method, raw_path, query, headers, account)
    if not matches(keys, text, signature):
        raise authentication_failed(
            f"The MAC signature found in the HTTP request '{signature}' is not the same as any computed signature. "
            f"Server used following string to sign: '{text}'."
        )


def string_to_sign(method: str, raw_path: str, query: str, headers: Mapping[str, str], account: str) -> str:
    values = {name: headers.get(name, "") for name in SIGNED_HEADERS}
    if values["content-length"] == "0":
        values["content-length"] = ""
    if headers.get("x-ms-date"):
        values["date"] = ""
    lines = [method, *values.values(), *_canonical_headers(headers), f"/{account}{raw_path}"]
    return "\n".join([*lines, *_canonical_query(query)])


def _canonical_headers(headers: Mapping[str, str]) -> list[str]:
    """Sorted as the service does: hyphens count last, underscores before digits and letters."""
    names = [name for name in headers if name.startswith("x-ms-")]
    names.sort(key=lambda name: (name.replace("-", "").replace("_", " "), name))
    return [f"{name}:{headers[name]}" for name in names]


def _canonical_query(query: str) -> list[str]:
    values: dict[str, list[str]] = {}
    for name, value in split_query(query):
        values.setdefault(name.lower(), []).append(value)
    return [f"{name}:{','.join(sorted(values[name]))}" for name in sorted(values)]


def _require_fresh(date: str) -> None:
    """The machine's own clock counts: the client's clock does not follow the cloud's."""
    moment = parse_http_date(date)
    if moment is None:
        raise authentication_failed("The date header 'x-ms-date' is missing or is not a date.")
    if abs(time.time() - moment) > MINUTES_A_REQUEST_IS_FRESH * 60:
        raise authentication_failed(
            f"The date header in the request is incorrect: '{date}' is not within "
            f"{MINUTES_A_REQUEST_IS_FRESH} minutes of the server's time."
        )


def unsupported_scheme(scheme: str) -> StorageError:
    return StorageError(
        501,
        "NotImplementedByEmulator",
        f"The workshop's Azure does not know the authorization scheme '{scheme}' yet: SharedKey, Bearer and shared "
        "access signatures were expected. Nothing was changed.",
    )

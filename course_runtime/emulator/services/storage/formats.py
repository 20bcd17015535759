"""How storage writes moments, ETags and hashes."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import formatdate, parsedate_to_datetime
from urllib.parse import unquote


def http_date(moment: float) -> str:
    return formatdate(moment, usegmt=True)


def parse_http_date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError):
        return None


def parse_iso(text: str) -> float | None:
    """A moment as SAS tokens write it: with or without seconds, their fraction and the time of day; in UTC."""
    plain = text.strip().removesuffix("Z").split(".")[0]
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(plain, form).replace(tzinfo=timezone.utc).timestamp()
        except ValueError:
            continue
    return None


def iso_seconds(moment: float) -> str:
    return datetime.fromtimestamp(moment, tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_etag() -> str:
    """Different at every change."""
    return f'"0x8D{secrets.token_hex(7)[1:].upper()}"'


def base64_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def metadata_in(headers: Mapping[str, str]) -> dict[str, str]:
    prefix = "x-ms-meta-"
    return {name[len(prefix) :]: value for name, value in headers.items() if name.startswith(prefix)}


def metadata_out(metadata: Mapping[str, str]) -> dict[str, str]:
    return {f"x-ms-meta-{name}": value for name, value in metadata.items()}


def split_query(query: str) -> list[tuple[str, str]]:
    """Names and values, decoded; a plus sign stays one, as storage reads it."""
    pairs = [part.partition("=") for part in query.split("&") if part]
    return [(unquote(name), unquote(value)) for name, _, value in pairs]

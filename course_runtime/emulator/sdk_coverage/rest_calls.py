"""The SDK's generated REST clients: which request each of their methods sends.

Generated code is regular, so that its text is enough: reading it as a syntax tree would take seconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ATTRIBUTE = re.compile(r"self\.(\w+) = (\w+Operations)\(")
BUILDER = re.compile(r"^def (build_\w+_request)\(", re.MULTILINE)
CLASS = re.compile(r"^class (\w+Operations)\b", re.MULTILINE)
METHOD = re.compile(r"^    def (\w+)\(", re.MULTILINE)
URL = re.compile(r'_url = "([^"]+)"')
VERB = re.compile(r'HttpRequest\(method="(\w+)"')
BUILDS = re.compile(r"\b(build_\w+_request)\(")
CALLS = re.compile(r"self\.(_\w+_initial)\(")


@dataclass(frozen=True, order=True)
class Request:
    """What goes over the wire, with `{names}` where a call puts its own values."""

    method: str
    url: str

    def __str__(self) -> str:
        return f"{self.method} {self.short}"

    @property
    def short(self) -> str:
        """The address from the resource type on: what is before it is the same for all."""
        return self.url.split("/providers/")[-1]


Calls = dict[str, frozenset[Request]]


def generated_clients(sdk: Path) -> dict[str, Calls]:
    """For each of the clients' attributes (`compute`, `jobs`, ...): the requests by the method's name."""
    found: dict[str, Calls] = {}
    clients = sorted((sdk / "_restclient").rglob("_client.py"))
    for client in clients:
        if "aio" in client.parts:
            continue
        classes = _classes(client.parent / "operations" / "_operations.py")
        for attribute, class_name in ATTRIBUTE.findall(client.read_text("utf-8")):
            merged = found.setdefault(attribute, {})
            for method, requests in classes.get(class_name, {}).items():
                merged.setdefault(method, requests)
    return found


def _classes(file: Path) -> dict[str, Calls]:
    if not file.exists():
        return {}
    text = file.read_text("utf-8")
    builders = {name: request for name, part in _parts(BUILDER, text) if (request := _request(part))}
    return {name: _methods(part, builders) for name, part in _parts(CLASS, text)}


def _parts(start: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """The text cut at each match, under the name that the match gives."""
    places = list(start.finditer(text))
    ends = [place.start() for place in places[1:]] + [len(text)]
    return [(place.group(1), text[place.start() : end]) for place, end in zip(places, ends, strict=True)]


def _request(builder: str) -> Request | None:
    url, verb = URL.search(builder), VERB.search(builder)
    return Request(verb.group(1), url.group(1)) if url and verb else None


def _methods(body: str, builders: dict[str, Request]) -> Calls:
    parts: dict[str, str] = {}
    for name, part in _parts(METHOD, body):
        parts[name] = parts.get(name, "") + part
    return {name: _sent(part, parts, builders) for name, part in parts.items() if not name.startswith("_")}


def _sent(part: str, parts: dict[str, str], builders: dict[str, Request]) -> frozenset[Request]:
    """A long-running method builds its request in a method of its own."""
    whole = part + "".join(parts.get(name, "") for name in CALLS.findall(part))
    return frozenset(builders[name] for name in BUILDS.findall(whole) if name in builders)

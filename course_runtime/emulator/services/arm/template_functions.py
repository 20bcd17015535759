"""The functions of ARM templates that need nothing but their arguments."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

LARGEST = 131_072
TOO_LARGE = f"the result is larger than {LARGEST} characters, or than 64 bits"


def unique_string(*parts: Any) -> str:
    """Thirteen letters and digits that depend on the arguments alone."""
    digest = hashlib.sha256("-".join(str(part) for part in parts).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:13]


def guid(*parts: Any) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "-".join(str(part) for part in parts)))


def concat(*parts: Any) -> Any:
    if parts and all(isinstance(part, list) for part in parts):
        return [item for part in parts for item in part]
    return "".join(_string(part) for part in parts)


def format_(pattern: str, *values: Any) -> str:
    for index, value in enumerate(values):
        pattern = replace(pattern, f"{{{index}}}", _string(value))
    return pattern


def replace(text: str, old: str, new: str) -> str:
    if len(text) + text.count(old) * len(new) > LARGEST:
        raise ValueError(TOO_LARGE)
    return text.replace(old, new)


def union(*parts: Any) -> Any:
    if all(isinstance(part, dict) for part in parts):
        return {key: value for part in parts for key, value in part.items()}
    return list({_string(item): item for item in concat(*parts)}.values())


def require_modest(value: Any) -> None:
    """ValueError for a result too large to go on with; Azure has the same limit."""
    number = isinstance(value, int) and abs(value) >= 2**63
    if number or (isinstance(value, (str, list, dict)) and len(_string(value)) > LARGEST):
        raise ValueError(TOO_LARGE)


def contains(container: Any, item: Any) -> bool:
    if isinstance(container, dict):
        return str(item).lower() in {str(key).lower() for key in container}
    return item in container


def equals(left: Any, right: Any) -> bool:
    both = isinstance(left, str) and isinstance(right, str)
    return bool(left.lower() == right.lower() if both else left == right)


def coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "and": lambda *values: all(values),
    "or": lambda *values: any(values),
    "not": lambda value: not value,
    "equals": equals,
    "less": lambda left, right: left < right,
    "lessorequals": lambda left, right: left <= right,
    "greater": lambda left, right: left > right,
    "greaterorequals": lambda left, right: left >= right,
    "true": lambda: True,
    "false": lambda: False,
    "null": lambda: None,
    "bool": lambda value: str(value).lower() in ("true", "1"),
    "int": int,
    "string": _string,
    "json": json.loads,
    "array": lambda value: value if isinstance(value, list) else [value],
    "createarray": lambda *values: list(values),
    "createobject": lambda *values: dict(zip(values[0::2], values[1::2], strict=True)),
    "concat": concat,
    "format": format_,
    "union": union,
    "contains": contains,
    "coalesce": coalesce,
    "empty": lambda value: not value and value is not False and value != 0,
    "length": len,
    "first": lambda value: value[0] if value else "",
    "last": lambda value: value[-1] if value else "",
    "split": lambda text, mark: text.split(mark),
    "join": lambda items, mark: mark.join(_string(item) for item in items),
    "replace": replace,
    "substring": lambda text, start, length=None: (
        text[start:] if length is None else text[start : start + length]
    ),
    "take": lambda value, count: value[:count],
    "skip": lambda value, count: value[count:],
    "tolower": lambda text: text.lower(),
    "toupper": lambda text: text.upper(),
    "trim": lambda text: text.strip(),
    "startswith": lambda text, start: text.lower().startswith(start.lower()),
    "endswith": lambda text, end: text.lower().endswith(end.lower()),
    "add": lambda left, right: left + right,
    "sub": lambda left, right: left - right,
    "mul": lambda left, right: left * right,
    "min": lambda *values: min(*values) if len(values) > 1 else min(values[0]),
    "max": lambda *values: max(*values) if len(values) > 1 else max(values[0]),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "uniquestring": unique_string,
    "guid": guid,
    "newguid": lambda: str(uuid.uuid4()),
}

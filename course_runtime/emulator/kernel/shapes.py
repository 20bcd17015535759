"""The shapes that all ARM bodies share: what is an object, what is text. Each type checks its own fields."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import invalid_request


def require_shapes(body: Body) -> None:
    """The top level of an ARM body; what is null counts as left out."""
    for name in ("properties", "tags", "identity", "sku", "plan", "extendedLocation"):
        require_object(body, name)
    for name in ("location", "kind", "managedBy"):
        require_text(body, name)
    for holder in ("tags", "sku", "identity"):
        if body.get(holder) is None:
            body.pop(holder, None)
    for name, value in body.get("tags", {}).items():
        if value is not None and not isinstance(value, str):
            raise _wrong(f"tags.{name}", "text", value)
    if "sku" in body and not isinstance(body["sku"].get("name"), str):
        raise _wrong("sku.name", "text", body["sku"].get("name"))
    require_text(body.get("identity", {}), "type", within="identity")
    require_object(body.get("identity", {}), "userAssignedIdentities", within="identity")


def require_object(body: Body, name: str, *, within: str = "") -> None:
    if body.get(name) is not None and not isinstance(body[name], dict):
        raise _wrong(f"{within}.{name}" if within else name, "a JSON object", body[name])


def require_text(body: Body, name: str, *, within: str = "") -> None:
    if body.get(name) is not None and not isinstance(body[name], str):
        raise _wrong(f"{within}.{name}" if within else name, "text", body[name])


def _wrong(name: str, expected: str, value: Any) -> Exception:
    kinds = {dict: "a JSON object", list: "a list", str: "text", bool: "a truth value", type(None): "nothing"}
    came = kinds.get(type(value), "a number")
    return invalid_request(f"The request content was invalid: '{name}' must be {expected}; {came} came.")

"""The shapes of ARM bodies: what is an object, what is text. What the values mean is each type's own matter."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import invalid_request

Shape = Any
"""`str`, `int`, `bool`, `dict` (any object), `[shape]` for a list, or the shapes of an object's fields by name.

`"*"` stands for all fields of an object. What is null counts as left out, and what is not named may be anything.
"""
KINDS = {dict: "a JSON object", list: "a list", str: "text", bool: "a truth value", int: "a whole number"}


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


def require_shape(value: Any, shape: Shape, where: str) -> None:
    """Refuse a body that the type's own code could not read."""
    wanted = shape if isinstance(shape, type) else type(shape)
    if not _is(wanted, value):
        raise _wrong(where, KINDS[wanted], value)
    if isinstance(shape, dict):
        named = {name: shape.get(name, shape.get("*")) for name in value if name in shape or "*" in shape}
        for name, inner in named.items():
            if value[name] is not None:
                require_shape(value[name], inner, f"{where}.{name}")
    if isinstance(shape, list):
        for index, item in enumerate(value):
            require_shape(item, shape[0], f"{where}[{index}]")


def _is(wanted: type, value: Any) -> bool:
    return isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))


def require_object(body: Body, name: str, *, within: str = "") -> None:
    if body.get(name) is not None and not isinstance(body[name], dict):
        raise _wrong(f"{within}.{name}" if within else name, "a JSON object", body[name])


def require_text(body: Body, name: str, *, within: str = "") -> None:
    if body.get(name) is not None and not isinstance(body[name], str):
        raise _wrong(f"{within}.{name}" if within else name, "text", body[name])


def _wrong(name: str, expected: str, value: Any) -> Exception:
    came = (
        "nothing"
        if value is None
        else "a number"
        if type(value) is int
        else KINDS.get(type(value), "a number")
    )
    return invalid_request(f"The request content was invalid: '{name}' must be {expected}; {came} came.")

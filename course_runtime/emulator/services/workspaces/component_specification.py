"""A component's specification as the service writes it back: with defaults, and numbers in distributions as text."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body


def complete_specification(spec: Body) -> None:
    kind = str(spec.get("type") or "command")
    if spec.get("is_deterministic") is None:
        spec["is_deterministic"] = kind != "pipeline"
    for one in _objects(spec.get("inputs")):
        one["optional"] = bool(one.get("optional"))
    if kind == "command":
        spec["resources"] = spec.get("resources") or {"instance_count": 1}
    if kind == "parallel":
        # How many nodes a step takes is said where the component is used.
        spec.pop("resources", None)
    if kind == "spark":
        for one in _objects(spec.get("inputs")) + _objects(spec.get("outputs")):
            one.pop("mode", None)
    distribution = spec.get("distribution")
    if isinstance(distribution, dict):
        spec["distribution"] = {key: _text(value) for key, value in distribution.items()}


def _objects(ports: object) -> list[Body]:
    return [one for one in ports.values() if isinstance(one, dict)] if isinstance(ports, dict) else []


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

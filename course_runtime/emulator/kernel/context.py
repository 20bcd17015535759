"""One request to Azure Resource Manager, with everything its handlers may ask about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course_runtime.emulator.kernel.path import ArmPath
from course_runtime.emulator.kernel.principal import Principal

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

Body = dict[str, Any]


@dataclass(frozen=True)
class Context:
    cloud: Cloud
    principal: Principal
    path: ArmPath
    method: str = "GET"
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    host: str = "management.azure.com"

    def at(self, path: ArmPath, **changes: Any) -> Context:
        """The same request, as seen from another resource."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | {"path": path} | changes
        return Context(**values)


@dataclass(frozen=True)
class Reply:
    """What a handler answers: a status, a JSON body (or none), and headers."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

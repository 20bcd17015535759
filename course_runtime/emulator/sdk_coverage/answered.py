"""Whether the emulator's own tables have an answer for a request; none is made."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.routing import Match, Router

from course_runtime.emulator.kernel.path import parse, split
from course_runtime.emulator.kernel.registry import Registry
from course_runtime.emulator.sdk_coverage.sdk_requests import DATA_PLANE, SdkRequest
from course_runtime.emulator.services import catalogue
from course_runtime.emulator.services.workspaces import routes as api

PROBE = "x1x"
ARM_ITSELF = ("operations", "resourcegroups", "locations")


@dataclass(frozen=True)
class Verdict:
    answered: bool
    limit: str = ""
    """What an answer is not: a job that is kept and does not run."""


class Tables:
    """The registry of ARM types, and the routes of the workspaces' own host."""

    def __init__(self) -> None:
        self._registry: Registry = catalogue.registry()
        self._api: Router = api.application()

    def verdict(self, request: SdkRequest) -> Verdict:
        if request.method == DATA_PLANE:
            return Verdict(False)
        path = re.sub(r"\{[^{}]*\}", PROBE, request.template)
        for prefix in api.PREFIXES:
            path = path.removeprefix(prefix)
        if "/providers/" in path and path.startswith("/subscriptions"):
            return self._arm(request.method, path)
        return Verdict(self._routed(request.method, path))

    def _arm(self, method: str, path: str) -> Verdict:
        target = parse(path)
        action = ""
        if target.is_collection and method == "POST":
            target, action = target.as_resource_and_action()
        resource = self._registry.find(target.full_type)
        if resource is None:
            return Verdict(False)
        if action:
            return Verdict(action.lower() in resource.actions(), resource.limit)
        return Verdict(True, resource.limit if method in ("PUT", "PATCH", "POST") else "")

    def _routed(self, method: str, path: str) -> bool:
        scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
        if any(route.matches(scope)[0] is Match.FULL for route in self._api.routes):
            return True
        last = [word.lower() for word in split(path)[-2:]]
        return path.startswith("/subscriptions") and any(word in ARM_ITSELF for word in last)

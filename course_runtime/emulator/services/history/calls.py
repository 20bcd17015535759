"""A request to a workspace's data planes: who asks, of which workspace, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.front.bodies import json_of, limited_body
from course_runtime.emulator.kernel.errors import (
    AzureError,
    invalid_request,
    resource_group_not_found,
    resource_not_found,
)
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.history.run_store import RunStore
from course_runtime.emulator.services.login.authentication import authenticate
from course_runtime.emulator.services.workspaces.names import ML, WORKSPACES
from course_runtime.emulator.store.resources import Stored

Body = dict[str, Any]

WORKSPACE = f"/subscriptions/{{subscription}}/{{groups}}/{{group}}/providers/{ML}/workspaces/{{workspace}}"
"""The part of a route's path that names the workspace; clients write `resourceGroups` in both casings."""
LARGEST_BODY = 4 * 1024 * 1024

READ_RUNS, WRITE_RUNS = f"{WORKSPACES}/experiments/runs/read", f"{WORKSPACES}/experiments/runs/write"
READ_EXPERIMENTS, WRITE_EXPERIMENTS = f"{WORKSPACES}/experiments/read", f"{WORKSPACES}/experiments/write"
DELETE_EXPERIMENTS = f"{WORKSPACES}/experiments/delete"
READ_ARTIFACTS, WRITE_ARTIFACTS = (
    f"{WORKSPACES}/metadata/artifacts/read",
    f"{WORKSPACES}/metadata/artifacts/write",
)
READ_MODELS, WRITE_MODELS = f"{WORKSPACES}/models/versions/read", f"{WORKSPACES}/models/versions/write"
DELETE_MODELS = f"{WORKSPACES}/models/versions/delete"
READ_DATA = f"{WORKSPACES}/data/versions/read"


@dataclass(frozen=True)
class Call:
    request: Request
    cloud: Cloud
    principal: Principal
    workspace: Stored

    @property
    def id(self) -> str:
        """The workspace's ARM id, as the run store takes it."""
        return self.workspace.id

    @property
    def runs(self) -> RunStore:
        return self.cloud.runs

    @property
    def parameters(self) -> dict[str, str]:
        """What the path names: `run`, `experiment`, ..."""
        return dict(self.request.path_params)

    @property
    def query(self) -> dict[str, str]:
        return dict(self.request.query_params)

    async def body(self) -> Body:
        """The JSON object that was sent; an empty one when nothing was."""
        found = json_of(await limited_body(self.request, LARGEST_BODY))
        if found is not None and not isinstance(found, dict):
            raise invalid_request("The request content was invalid: a JSON object was expected.")
        return found or {}


def opened(request: Request, permission: str) -> Call:
    """The request, once the caller is known to hold the permission in the workspace."""
    principal = authenticate(request)
    cloud: Cloud = request.scope["cloud"]
    parts = request.path_params
    subscription, group, name = parts["subscription"], parts["group"], parts["workspace"]
    cloud.require_subscription(subscription)
    scope = f"/subscriptions/{subscription}/resourceGroups/{group}"
    workspace_id = f"{scope}/providers/{WORKSPACES}/{name}"
    cloud.access.require(principal, permission, workspace_id)
    workspace = cloud.resources.get(workspace_id)
    if workspace is None:
        if cloud.resources.get(scope) is None:
            raise resource_group_not_found(group)
        raise resource_not_found(WORKSPACES, name, group)
    return Call(request, cloud, principal, workspace)


def text(body: Body, name: str, default: str | None = None) -> str:
    """A field that must be text; the default when it is left out."""
    value = body.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or (default is None and not value):
        raise AzureError(400, "ValidationError", f"'{name}' must be given, as text; {value!r} came.")
    return value


def objects(body: Body, name: str) -> list[Body]:
    """A field that must be a list of JSON objects; empty when it is left out."""
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise AzureError(400, "ValidationError", f"'{name}' must be a list of JSON objects.")
    return value


def texts(body: Body, name: str) -> dict[str, str]:
    """A field that must be a JSON object with text in it; numbers and truth values are taken as text."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise AzureError(400, "ValidationError", f"'{name}' must be a JSON object.")
    return {key: _as_text(one) for key, one in value.items() if one is not None}


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)

"""What all ARM resources share: PUT, PATCH, GET, DELETE, lists, ETags, tags, role checks, error words.

A resource type is a short subclass that says only what is its own.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import (
    AzureError,
    invalid_request,
    method_not_allowed,
    not_implemented,
    resource_group_not_found,
    resource_not_found,
)
from course_runtime.emulator.kernel.paging import page, subscription_page
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.shapes import Shape, require_shape, require_shapes
from course_runtime.emulator.store.resources import Stored

Action = TypeVar("Action", bound=Callable[..., Any])

TOP_LEVEL = ("location", "tags", "kind", "identity", "sku", "zones", "plan", "managedBy", "extendedLocation")


def action(name: str, *, permission: str | None = None) -> Callable[[Action], Action]:
    """Mark a method as the resource's POST action `name`; `permission` where RBAC calls it otherwise."""

    def mark(function: Action) -> Action:
        function.azure_action = (name, permission)  # type: ignore[attr-defined]
        return function

    return mark


class Resource:
    """One ARM resource type. Override what differs; the machine does the rest."""

    type: ClassVar[str] = ""
    permission_type: ClassVar[str] = ""
    """What RBAC calls the type, where that differs."""
    limit: ClassVar[str] = ""
    """What writing one does not bring about here, in words for the coverage page."""
    tracked: ClassVar[bool] = False
    """Tracked resources have a location and tags, and show up in their resource group's list."""
    created_status: ClassVar[int] = 201
    """200 where the SDK takes nothing else."""
    shape: ClassVar[Shape] = {}
    """The shapes of those of its `properties` that its code reads."""
    name_pattern: ClassVar[str] = r"[^/\\?%#<>]{1,260}"
    name_rule: ClassVar[str] = "up to 260 characters, without / \\ ? % # < >"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        """Refuse what Azure refuses, in Azure's words."""

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        """Add what the service adds."""

    def take_secrets(self, body: Body, context: Context) -> Body:
        """Take out of the body what GET must never show; kept beside it."""
        return {}

    def created(self, stored: Stored, context: Context) -> None:
        """What happens next, perhaps later on the clock."""

    def updated(self, stored: Stored, context: Context) -> None:
        """What follows from a change."""

    def require_deletable(self, stored: Stored, context: Context) -> None:
        """Refuse a DELETE of the resource itself (in use); what contains it may still take it along."""

    def deleting(self, stored: Stored, context: Context) -> None:
        """Clear away what lives elsewhere; called for everything inside a deleted resource too."""

    def show(self, stored: Stored, context: Context) -> Body:
        """The body as GET shows it."""
        return stored.body

    def timer(self, name: str, stored: Stored, payload: Body, context: Context) -> None:
        """Something this type put on the clock has come due."""

    def require(self, verb: str, context: Context, scope: str | None = None) -> None:
        """The role check for `read`, `write` or `delete`."""
        permission = f"{self.permission_type or self.type}/{verb}"
        context.cloud.access.require(context.principal, permission, scope or context.path.id)

    # The machine ----------------------------------------------------------------------------------

    def actions(self) -> dict[str, tuple[Callable[..., Reply], str]]:
        """POST actions by lower-case name: the method, and the permission that it needs."""
        found = {}
        for attribute in dir(type(self)):
            marked = getattr(getattr(type(self), attribute), "azure_action", None)
            if marked:
                name, permission = marked
                found[name.lower()] = (
                    getattr(self, attribute),
                    permission or f"{self.permission_type or self.type}/{name}/action",
                )
        return found

    def get(self, context: Context) -> Reply:
        self.require("read", context)
        stored = self.find(context)
        return Reply(200, self.show(stored, context), {"ETag": etag(stored)})

    def head(self, context: Context) -> Reply:
        """Whether it is there: 204, or the 404 that `get` gives."""
        return Reply(204, None, self.get(context).headers)

    def find(self, context: Context) -> Stored:
        stored = context.cloud.resources.get(context.path.id)
        if stored is None:
            require_group(context)
            raise self.missing(context)
        return stored

    def missing(self, context: Context) -> AzureError:
        pairs = "/".join(context.path.names)
        return resource_not_found(self.type, pairs, context.path.group or "")

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        path = context.path
        if path.subscription and path.group is None and path.scope.lower().count("/") == 2:
            context.cloud.require_subscription(path.subscription)
            return subscription_page(context, self.type, lambda stored: self.show(stored, context))
        require_group(context)
        self.require_parent(context)
        return page(context, self.type, lambda stored: self.show(stored, context))

    def put(self, context: Context) -> Reply:
        self.require("write", context)
        body = require_body(context)
        require_group(context)
        self.require_parent(context)
        self.require_name(context.path.name)
        existing = context.cloud.resources.get(context.path.id)
        check_preconditions(context, existing)
        stored = self.write(context, copy.deepcopy(body), existing)
        status = 200 if existing else self.created_status
        return Reply(status, self.show(stored, context), {"ETag": etag(stored)})

    def post(self, context: Context) -> Reply:
        """POST to the resource itself, which few types know; actions have a path of their own."""
        raise method_not_allowed(context.method, context.path.id)

    def patch(self, context: Context) -> Reply:
        self.require("write", context)
        changes = require_body(context)
        existing = self.find(context)
        check_preconditions(context, existing)
        stored = self.write(context, merge(existing.body, changes), existing)
        return Reply(200, self.show(stored, context), {"ETag": etag(stored)})

    def write(self, context: Context, body: Body, existing: Stored | None) -> Stored:
        """Validate, complete and keep a body; used by PUT, PATCH and by the emulator itself."""
        require_shapes(body)
        body["properties"] = body.get("properties") or {}
        require_shape(body["properties"], self.shape, "properties")
        self.validate(body, context, existing)
        with context.cloud.database.transaction():
            secrets = (existing.secrets if existing else {}) | self.take_secrets(body, context)
            self.defaults(body, context, existing)
            shown = self.stamped(body, context, existing)
            kept = Stored(shown, secrets, existing.sequence if existing else 0)
            stored = context.cloud.resources.put(context.path, kept)
            (self.updated if existing else self.created)(stored, context)
        return stored

    def stamped(self, body: Body, context: Context, existing: Stored | None) -> Body:
        """The body with ARM's own fields: id, name, type and systemData."""
        now = context.cloud.clock.timestamp()
        who = {"By": context.principal.name, "ByType": "Application" if context.principal.app_id else "User"}
        system = dict(existing.body.get("systemData", {})) if existing else {}
        if not system:
            system = {"createdAt": now, "createdBy": who["By"], "createdByType": who["ByType"]}
        system |= {"lastModifiedAt": now, "lastModifiedBy": who["By"], "lastModifiedByType": who["ByType"]}
        head = {
            "id": existing.id if existing else context.path.id,
            "name": existing.name if existing else context.path.name,
            "type": self.type,
        }
        top = {key: body[key] for key in TOP_LEVEL if key in body}
        if self.tracked:
            top.setdefault("tags", {})
        return head | top | {"properties": body["properties"], "systemData": system}

    def delete(self, context: Context) -> Reply:
        self.require("delete", context)
        require_group(context)
        stored = context.cloud.resources.get(context.path.id)
        if stored is None:
            return Reply(204)
        check_preconditions(context, stored)
        self.require_deletable(stored, context)
        self.remove(stored, context)
        return Reply(200)

    def remove(self, stored: Stored, context: Context) -> None:
        """Delete the resource and everything that lives in it."""
        below = context.cloud.resources.below(stored.id)
        for child in below:
            inner = context.cloud.registry.find(str(child.body["type"]))
            if inner and context.cloud.resources.get(child.id):
                inner.deleting(child, context.cloud.context(child.id, method="DELETE"))
        self.deleting(stored, context)
        with context.cloud.database.transaction():
            for child in below:
                context.cloud.resources.delete(child.id)
            context.cloud.resources.delete(stored.id)

    def act(self, name: str, context: Context) -> Reply:
        found = self.actions().get(name.lower())
        if found is None:
            raise not_implemented(f"POST {self.type}/{name}")
        optional_body(context)
        method, permission = found
        context.cloud.access.require(context.principal, permission, context.path.id)
        stored = self.find(context)
        reply: Reply = method(stored, context)
        return reply

    def require_parent(self, context: Context) -> None:
        """A nested resource needs the one it lives in."""
        parent = context.path.parent_id()
        if parent.lower() == context.path.scope.lower():
            return
        if context.cloud.resources.get(parent) is not None:
            return
        outer = parse(parent)
        if context.method == "GET":
            raise resource_not_found(outer.full_type, "/".join(outer.names), outer.group or "")
        raise AzureError(
            404,
            "ParentResourceNotFound",
            f"Failed to perform '{context.method.lower()}' on resource(s) of type '{self.type}', because the parent "
            f"resource '{parent}' could not be found.",
        )

    def require_name(self, name: str) -> None:
        if not re.fullmatch(self.name_pattern, name):
            raise AzureError(
                400,
                "InvalidResourceName",
                f"The resource name '{name}' is not valid for '{self.type}'. A valid name has {self.name_rule}.",
            )


def require_group(context: Context) -> None:
    """The resource group must be there; an open cloud makes the groups of foreign subscriptions as needed."""
    path = context.path
    if path.subscription is None:
        return
    context.cloud.require_subscription(path.subscription)
    if path.group is None:
        return
    group_id = f"/subscriptions/{path.subscription}/resourceGroups/{path.group}"
    if context.cloud.resources.get(group_id) is None and not context.cloud.open_group(
        path.subscription, path.group
    ):
        raise resource_group_not_found(path.group)


def require_body(context: Context) -> Body:
    if not isinstance(context.body, dict):
        raise invalid_request(
            "The request content was invalid and could not be deserialized: a JSON object was expected, "
            f"{'nothing' if context.body is None else type(context.body).__name__} came."
        )
    return context.body


def optional_body(context: Context) -> Body:
    """An action's parameters: an empty object where nothing came."""
    return {} if context.body is None else require_body(context)


def check_preconditions(context: Context, existing: Stored | None) -> None:
    """If-Match and If-None-Match."""
    wanted = context.headers.get("if-match")
    if wanted and (existing is None or wanted not in ("*", etag(existing))):
        raise AzureError(
            412, "PreconditionFailed", "The condition given in If-Match was not met: the resource changed."
        )
    if context.headers.get("if-none-match") == "*" and existing is not None:
        raise AzureError(
            412, "PreconditionFailed", "The condition given in If-None-Match was not met: it exists."
        )


def etag(stored: Stored) -> str:
    digest = hashlib.blake2b(json.dumps(stored.body, sort_keys=True).encode(), digest_size=8)
    return f'"{digest.hexdigest()}"'


def merge(body: Body, changes: Body) -> Body:
    """PATCH as ARM does it: objects merge, null removes, anything else replaces."""
    merged = copy.deepcopy(body)
    for key, value in changes.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and key != "tags":
            before = merged.get(key)
            merged[key] = merge(before if isinstance(before, dict) else {}, value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged

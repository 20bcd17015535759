"""Finds the resource type that a path speaks of, and hands the request to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.errors import method_not_allowed, not_implemented
from course_runtime.emulator.kernel.resource import Resource


class Registry:
    def __init__(self, types: Iterable[Resource]) -> None:
        self._types = {one.type.lower(): one for one in types}

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._types.values())

    def find(self, type_name: str) -> Resource | None:
        return self._types.get(type_name.lower())

    def require(self, type_name: str) -> Resource:
        found = self.find(type_name)
        if found is None:
            raise not_implemented(type_name)
        return found

    def handle(self, context: Context) -> Reply:
        """Dispatch on type and method; an odd path is a collection, or an action when it is posted to."""
        path = context.path
        if path.is_collection:
            if context.method == "POST" and len(path.types) > 1:
                target, name = path.as_resource_and_action()
                return self.require(target.full_type).act(name, context.at(target))
            if context.method in ("GET", "HEAD"):
                return self.require(path.full_type).list(context)
            raise method_not_allowed(context.method, path.id)
        found = self.find(path.full_type)
        if found is None:
            raise not_implemented(f"{context.method} {path.full_type}")
        handlers = {
            "GET": found.get,
            "HEAD": found.head,
            "PUT": found.put,
            "POST": found.post,
            "PATCH": found.patch,
            "DELETE": found.delete,
        }
        if context.method not in handlers:
            raise method_not_allowed(context.method, path.id)
        return handlers[context.method](context)

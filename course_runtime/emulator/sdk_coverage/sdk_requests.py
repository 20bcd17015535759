"""Which requests each operation of azure-ai-ml makes, read from the SDK that is installed.

An operation (`client.compute.begin_start`) calls generated methods (`self._operation.begin_start(...)`), and those
build requests from a method and a URL template. Both are found in the source, nothing is sent.
"""

from __future__ import annotations

import ast
import functools
import inspect
import logging
import textwrap
from dataclasses import dataclass
from typing import Any

DEEPEST = 8
DATA_PLANE = "data plane"


@dataclass(frozen=True)
class SdkRequest:
    method: str
    template: str


def operation_groups() -> dict[str, object]:
    """`compute`, `jobs`, ... : the public attributes of a client that hold operations."""
    from azure.ai.ml import MLClient

    logging.getLogger("azure.ai.ml").setLevel(logging.ERROR)  # it warns of each experimental group
    client = MLClient(_Nobody(), "s", "g", "w")
    # Known in advance, so that the groups of run history are made without asking discovery.
    client.jobs._api_base_url = "https://eastus.api.azureml.ms"
    public = [name for name in dir(type(client)) if not name.startswith("_")]
    attributes = {name: inspect.getattr_static(type(client), name) for name in public}
    groups = {name: getattr(client, name) for name, one in attributes.items() if isinstance(one, property)}
    return {name: one for name, one in groups.items() if type(one).__name__.endswith("Operations")}


def operations_of(group: object) -> list[str]:
    return [
        name
        for name in dir(type(group))
        if not name.startswith("_") and callable(inspect.getattr_static(type(group), name))
    ]


def requests_of(group: object, operation: str) -> frozenset[SdkRequest]:
    """Every request that the operation may make, through helpers and other groups too."""
    walk = Walk()
    walk.method(group, type(group).__mro__, operation, 0)
    return frozenset(walk.found)


class Walk:
    """Follows calls from a method of a group to the generated methods at the end of them."""

    def __init__(self) -> None:
        self.found: set[SdkRequest] = set()
        self._seen: set[tuple[type, str]] = set()

    def method(self, group: object, classes: tuple[type, ...], name: str, depth: int) -> None:
        owner = next((one for one in classes if name in vars(one)), None)
        if owner is None or (owner, name) in self._seen or depth > DEEPEST:
            return
        self._seen.add((owner, name))
        function = inspect.unwrap(inspect.getattr_static(owner, name))
        tree = _tree(function)
        names = {
            target.id: _objects(node.value, group, {})
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        after = type(group).__mro__[type(group).__mro__.index(owner) + 1 :]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                self._call(node, group, after, names, depth)
                self._passed_on(node, group, function)

    def _call(
        self,
        node: ast.Call,
        group: object,
        after: tuple[type, ...],
        names: dict[str, list[object]],
        depth: int,
    ) -> None:
        called = node.func
        if not isinstance(called, ast.Attribute):
            return
        if _is_name(called.value, "self"):
            self.method(group, type(group).__mro__, called.attr, depth + 1)
        elif _is_super(called.value):
            self.method(group, after, called.attr, depth + 1)
        elif "pipeline" in ast.unparse(called.value) and called.attr in ("get", "post", "put", "send"):
            self.found.add(SdkRequest(DATA_PLANE, "a request of its own"))
        for target in _objects(called.value, group, names):
            self._through(target, called.attr, depth)

    def _through(self, target: object, called: str, depth: int) -> None:
        """`self._operation.get()`, or `self._datastore_operation.get()`, which is another group."""
        if isinstance(target, Later):
            self.found.add(SdkRequest(DATA_PLANE, f"{target.name.strip('_')}.{called}"))
        elif _is_generated(target):
            self.found |= generated_requests(type(target), called)
        elif type(target).__name__.endswith("Operations"):
            self.method(target, type(target).__mro__, called, depth + 1)

    def _passed_on(self, node: ast.Call, group: object, function: Any) -> None:
        """`helper(version_operation=self._version_operation)`: what the helper calls on its argument."""
        for one in [*node.args, *(word.value for word in node.keywords)]:
            for given in _objects(one, group, {}):
                if isinstance(given, Later):
                    self.found.add(SdkRequest(DATA_PLANE, given.name.strip("_")))
        helper = (
            getattr(inspect.getmodule(function), node.func.id, None)
            if isinstance(node.func, ast.Name)
            else None
        )
        if not inspect.isfunction(helper):
            return
        passed = {word.arg: _objects(word.value, group, {}) for word in node.keywords if word.arg}
        for inner in ast.walk(_tree(helper)):
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
                for target in _objects(inner.func.value, group, passed):
                    if _is_generated(target):
                        self.found |= generated_requests(type(target), inner.func.attr)


@dataclass(frozen=True)
class Later:
    """What a group makes at first use, from the address that discovery gives: a data plane's client."""

    name: str


def _objects(node: ast.AST, group: object, names: dict[str, list[object]]) -> list[object]:
    """What `name`, `self.name` or `self.client.name` stands for, where that can be told."""
    if isinstance(node, ast.Name):
        return names.get(node.id, [])
    if not isinstance(node, ast.Attribute):
        return []
    if _is_name(node.value, "self"):
        try:
            found = getattr(group, node.attr, None)
        except AssertionError:
            return [Later(node.attr)]
        return [] if found is None else [found]
    clients = [one for one in _objects(node.value, group, names) if "_restclient" in type(one).__module__]
    return [getattr(one, node.attr, None) for one in clients]


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _is_name(node.func, "super")


def _is_generated(target: object) -> bool:
    module = type(target).__module__
    return "._restclient." in module or "._vendor." in module


def generated_requests(owner: type, name: str) -> frozenset[SdkRequest]:
    """The requests that a generated method builds: its own, or those of the `_initial` that it polls."""
    function = getattr(owner, name, None)
    if function is None:
        return frozenset()
    module = inspect.getmodule(owner)
    found: set[SdkRequest] = set()
    for node in ast.walk(_tree(inspect.unwrap(function))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id.startswith("build_"):
            found |= _built(getattr(module, called.id, None))
        elif isinstance(called, ast.Attribute) and called.attr.endswith("_initial") and called.attr != name:
            found |= generated_requests(owner, called.attr)
    return frozenset(found)


def _built(builder: Any) -> set[SdkRequest]:
    if builder is None:
        return set()
    constants = [node.value for node in ast.walk(_tree(builder)) if isinstance(node, ast.Constant)]
    texts = [value for value in constants if isinstance(value, str)]
    templates = [text for text in texts if text.startswith("/")]
    methods = [text for text in texts if text in ("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD")]
    return {SdkRequest(methods[0], templates[0])} if methods and templates else set()


@functools.cache
def _tree(function: Any) -> ast.AST:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return ast.Module(body=[], type_ignores=[])


class _Nobody:
    """A credential that is never asked."""

    def get_token(self, *scopes: str, **_: Any) -> Any:
        raise AssertionError("nothing is sent")

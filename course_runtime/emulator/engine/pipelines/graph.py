"""The graph of a pipeline job: its nodes, what each takes from where, and in which order they may run."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from course_runtime.emulator.engine.pipelines import flow
from course_runtime.emulator.engine.pipelines.sources import PARENT_OUTPUT, FromNode, Source, source_of
from course_runtime.emulator.kernel.errors import user_error

AUTOML = "automl"
AUTOML_DATA = ("training_data", "validation_data")
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    name: str
    kind: str
    body: Body
    inputs: Mapping[str, Source]
    exported: Mapping[str, str] = field(default_factory=dict)
    """Which of its outputs are the pipeline's, by the pipeline's name for them."""
    needs: frozenset[str] = frozenset()
    """The nodes that must be done before it may begin."""

    @property
    def takes_from(self) -> set[str]:
        return {source.node for source in self.inputs.values() if isinstance(source, FromNode)}


@dataclass(frozen=True)
class Graph:
    nodes: Mapping[str, Node]
    loops: Mapping[str, str] = field(default_factory=dict)
    """By the node that is a loop's body, the loop: the body runs when the loop says so."""

    def ready(self, done: Collection[str], begun: Collection[str]) -> Iterator[Node]:
        """Nodes that may begin: all they need is done, and they have not begun."""
        for node in self.nodes.values():
            if node.name not in begun and node.name not in self.loops and node.needs <= set(done):
                yield node

    def downstream(self, *names: str) -> set[str]:
        """Every node that needs one of these, directly or not."""
        found: set[str] = set()
        new = set(names)
        while new:
            new = {node.name for node in self.nodes.values() if node.needs & new} - found
            found |= new
        return found - set(self.loops)

    def runner(self, name: str) -> str:
        """The node that decides when this one runs: its loop, or itself."""
        return self.loops.get(name, name)


def read(jobs: Mapping[str, Any]) -> Graph:
    """From a pipeline's `jobs`; AzureError, in words, for a graph that cannot run."""
    if not jobs:
        raise user_error("The pipeline has no steps: its function must call at least one component.")
    nodes = {name: _node(name, body) for name, body in jobs.items()}
    graph = Graph(nodes, _loops(nodes))
    gates = _gates(graph)
    graph = Graph(
        {node.name: replace(node, needs=_needs(node, graph, gates)) for node in nodes.values()}, graph.loops
    )
    for node in graph.nodes.values():
        if node.name not in graph.loops and node.name in graph.downstream(node.name):
            raise user_error(
                f"The step '{node.name}' waits for its own output: the pipeline's steps form a circle."
            )
    return graph


def _node(name: str, body: Any) -> Node:
    if not isinstance(body, Mapping):
        raise user_error(f"The step '{name}' must be an object; {body!r} came.")
    kind = str(body.get("type", "command")).lower()
    if kind in flow.FLOW:
        inputs = flow.inputs_of(name, kind, body)
    elif kind == AUTOML:
        inputs = {field: source_of(_data(body[field])) for field in AUTOML_DATA if body.get(field)}
    else:
        inputs = {key: source_of(value) for key, value in (body.get("inputs") or {}).items()}
    return Node(name, kind, body, inputs, _exported(body))


def _data(given: Any) -> Any:
    """Of an AutoML node: `path` where other nodes say `uri`; the SDK writes the whole as Python's text for it."""
    if isinstance(given, str) and given.startswith("{"):
        try:
            given = ast.literal_eval(given)
        except (ValueError, SyntaxError, RecursionError, MemoryError):  # the last two: nested too deeply
            raise user_error(
                f"The data of an AutoML step is an Input of type mltable; {given!r} came."
            ) from None
    if not isinstance(given, Mapping) or "path" not in given:
        return given
    return {("uri" if key == "path" else key): value for key, value in given.items()}


def _exported(body: Body) -> dict[str, str]:
    exported = {}
    for output, value in (body.get("outputs") or {}).items():
        text = value.get("value") if isinstance(value, Mapping) else value
        found = PARENT_OUTPUT.fullmatch(str(text).strip()) if text else None
        if found:
            exported[found[1]] = output
    return exported


def _loops(nodes: Mapping[str, Node]) -> dict[str, str]:
    loops: dict[str, str] = {}
    for node in nodes.values():
        if node.kind not in flow.LOOPS:
            continue
        body = flow.body_of(node.name, node.body)
        if body not in nodes or nodes[body].kind in flow.FLOW:
            raise user_error(
                f"The loop '{node.name}' repeats '{body}', which is no step of the pipeline that can be repeated."
            )
        if body in loops:
            raise user_error(
                f"The step '{body}' is the body of two loops, '{loops[body]}' and '{node.name}'."
            )
        loops[body] = node.name
    return loops


def _gates(graph: Graph) -> Mapping[str, set[str]]:
    """By node, the conditions that decide whether it runs."""
    gates: dict[str, set[str]] = defaultdict(set)
    for node in graph.nodes.values():
        if node.kind != flow.IF_ELSE:
            continue
        for block in flow.blocks_of(node.name, node.body).values():
            for name in block:
                if name not in graph.nodes:
                    raise user_error(
                        f"The condition '{node.name}' steers '{name}', which is no step of the pipeline."
                    )
                gates[graph.runner(name)].add(node.name)
    return gates


def _needs(node: Node, graph: Graph, gates: Mapping[str, set[str]]) -> frozenset[str]:
    takes_from = set(node.takes_from)
    if node.kind in flow.LOOPS:
        takes_from |= graph.nodes[flow.body_of(node.name, node.body)].takes_from
    for name in sorted(takes_from):
        if name not in graph.nodes:
            raise user_error(
                f"The step '{node.name}' takes an output of '{name}', which is no step of the pipeline."
            )
        loop = graph.nodes[graph.runner(name)]
        if name in graph.loops and loop.kind == flow.PARALLEL_FOR:
            raise user_error(
                f"The step '{node.name}' takes an output of '{name}', which '{loop.name}' runs many times: take the "
                f"output of '{loop.name}' that gathers them."
            )
    return frozenset({graph.runner(name) for name in takes_from} | gates.get(node.name, set()))

"""The graph of a pipeline job: its nodes, what each takes from where, and in which order they may run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_runtime.emulator.kernel.errors import user_error

PARENT_INPUT = re.compile(r"\$\{\{\s*parent\.inputs\.([\w.-]+)\s*\}\}")
PARENT_OUTPUT = re.compile(r"\$\{\{\s*parent\.outputs\.([\w.-]+)\s*\}\}")
NODE_OUTPUT = re.compile(r"\$\{\{\s*parent\.jobs\.([\w-]+)\.outputs\.([\w.-]+)\s*\}\}")
Body = Mapping[str, Any]


@dataclass(frozen=True)
class FromParent:
    """An input of the pipeline itself."""

    name: str


@dataclass(frozen=True)
class FromNode:
    """An output of another node."""

    node: str
    output: str


@dataclass(frozen=True)
class Given:
    """A value or a piece of data that stands in the node: a job input as the REST API writes it."""

    body: dict[str, Any]


@dataclass(frozen=True)
class Mixed:
    """Text with pipeline inputs in it, like "run-${{parent.inputs.day}}"."""

    text: str


Source = FromParent | FromNode | Given | Mixed


@dataclass(frozen=True)
class Node:
    name: str
    kind: str
    body: Body
    inputs: Mapping[str, Source]
    exported: Mapping[str, str] = field(default_factory=dict)
    """Which of its outputs are the pipeline's, by the pipeline's name for them."""

    @property
    def needs(self) -> set[str]:
        return {source.node for source in self.inputs.values() if isinstance(source, FromNode)}


@dataclass(frozen=True)
class Graph:
    nodes: Mapping[str, Node]

    def ready(self, done: Collection[str], begun: Collection[str]) -> Iterator[Node]:
        """Nodes that may begin: all they need is done, and they have not begun."""
        for node in self.nodes.values():
            if node.name not in begun and node.needs <= set(done):
                yield node

    def downstream(self, name: str) -> set[str]:
        """Every node that needs this one, directly or not."""
        found: set[str] = set()
        new = {name}
        while new:
            new = {node.name for node in self.nodes.values() if node.needs & new} - found
            found |= new
        return found


def read(jobs: Mapping[str, Any]) -> Graph:
    """From a pipeline's `jobs`; AzureError, in words, for a graph that cannot run."""
    if not jobs:
        raise user_error("The pipeline has no steps: its function must call at least one component.")
    graph = Graph({name: _node(name, body) for name, body in jobs.items()})
    for node in graph.nodes.values():
        missing = sorted(node.needs - set(graph.nodes))
        if missing:
            raise user_error(
                f"The step '{node.name}' takes an output of '{missing[0]}', which is no step of the pipeline."
            )
        if node.name in graph.downstream(node.name):
            raise user_error(
                f"The step '{node.name}' waits for its own output: the pipeline's steps form a circle."
            )
    return graph


def _node(name: str, body: Any) -> Node:
    if not isinstance(body, Mapping):
        raise user_error(f"The step '{name}' must be an object; {body!r} came.")
    inputs = {key: source_of(value) for key, value in (body.get("inputs") or {}).items()}
    exported = {}
    for output, value in (body.get("outputs") or {}).items():
        text = value.get("value") if isinstance(value, Mapping) else value
        found = PARENT_OUTPUT.fullmatch(str(text).strip()) if text else None
        if found:
            exported[found[1]] = output
    return Node(name, str(body.get("type", "command")).lower(), body, inputs, exported)


def source_of(value: Any) -> Source:
    """Where an input comes from: `{"value": "${{parent.…}}", "job_input_type": "literal"}`, data, or a plain value."""
    body = dict(value) if isinstance(value, Mapping) else {"value": value, "job_input_type": "literal"}
    kind = body.pop("job_input_type", body.pop("jobInputType", body.pop("type", "literal")))
    text = body.get("value")
    if isinstance(text, str):
        found = PARENT_INPUT.fullmatch(text.strip())
        if found:
            return FromParent(found[1])
        found = NODE_OUTPUT.fullmatch(text.strip())
        if found:
            return FromNode(found[1], found[2])
        if PARENT_INPUT.search(text):
            return Mixed(text)
    return Given({**body, "jobInputType": kind})


def filled(text: str, values: Mapping[str, str]) -> str:
    """A mixed text with the pipeline's inputs put in."""
    return PARENT_INPUT.sub(lambda found: values.get(found[1], ""), text)

"""Where an input of a node comes from: the pipeline's own inputs, another node's output, or what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PARENT_INPUT = re.compile(r"\$\{\{\s*parent\.inputs\.([\w.-]+)\s*\}\}")
PARENT_OUTPUT = re.compile(r"\$\{\{\s*parent\.outputs\.([\w.-]+)\s*\}\}")
NODE_OUTPUT = re.compile(r"\$\{\{\s*parent\.jobs\.([\w-]+)\.outputs\.([\w.-]+)\s*\}\}")


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


def bound(setting: Any, values: Mapping[str, str]) -> Any:
    """A node's settings of any depth with the pipeline's inputs put in."""
    if isinstance(setting, str):
        return filled(setting, values)
    if isinstance(setting, Mapping):
        return {key: bound(value, values) for key, value in setting.items()}
    return [bound(one, values) for one in setting] if isinstance(setting, list) else setting


def texts(pipeline_inputs: Mapping[str, Any]) -> dict[str, str]:
    """The pipeline's inputs as they stand in a text."""
    return {key: str(one.get("value", one.get("uri", ""))) for key, one in pipeline_inputs.items() if one}

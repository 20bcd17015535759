"""What goes into a step and what comes out of it, as the inputs and outputs of the job that runs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.engine.pipelines import control
from course_runtime.emulator.engine.pipelines.graph import Node
from course_runtime.emulator.engine.pipelines.sources import (
    FromParent,
    Given,
    Mixed,
    Source,
    filled,
    texts,
)
from course_runtime.emulator.engine.pipelines.steps import LITERALS
from course_runtime.emulator.kernel.errors import user_error

Body = dict[str, Any]


def inputs_of(
    node: Node,
    sources: Mapping[str, Source],
    spec: Body,
    pipeline: Mapping[str, Any],
    outputs: Mapping[str, Mapping[str, Body]],
) -> Body:
    """`pipeline`: its own inputs; `outputs`: of each step that has run, its outputs."""
    found: Body = {}
    for name, source in sources.items():
        declared = (spec.get("inputs") or {}).get(name) or {}
        value = value_of(node, name, source, pipeline, outputs, str(declared.get("type") or ""))
        if value is not None:
            found[name] = _typed(value, declared)
    return found


def value_of(
    node: Node,
    name: str,
    source: Source,
    pipeline: Mapping[str, Any],
    outputs: Mapping[str, Mapping[str, Body]],
    wanted: str = "",
) -> Body | None:
    """As a job input; None when the pipeline was not given it. `wanted`: the type that is declared for it."""
    if isinstance(source, Given):
        return dict(source.body)
    if isinstance(source, FromParent):
        given = pipeline.get(source.name)
        return dict(given) if given else None
    if isinstance(source, Mixed):
        return {"jobInputType": "literal", "value": filled(source.text, texts(pipeline))}
    produced = outputs[source.node].get(source.output)
    if produced is None:
        there = ", ".join(name for name in outputs[source.node] if name != "default") or "none"
        raise user_error(
            f"The step '{node.name}' takes '{name}' from the output '{source.output}' of '{source.node}', which has "
            f"no such output (those that it has: {there})."
        )
    if "value" in produced and not (wanted and wanted not in LITERALS and "uri" in produced):
        if produced["value"] is None:
            raise control.missing(source.node, source.output)
        return {"jobInputType": "literal", "value": produced["value"]}
    return {"jobInputType": produced.get("jobOutputType") or "uri_folder", "uri": produced["uri"]}


def _typed(value: Body, declared: Mapping[str, Any]) -> Body:
    """Data has the type that the component declares, and the mode that it asks for."""
    if "uri" not in value:
        return value
    kind = str(declared.get("type") or value.get("jobInputType"))
    mode = value.get("mode") or declared.get("mode")
    typed = {**value, "jobInputType": value.get("jobInputType") if kind in LITERALS else kind}
    return typed | ({"mode": as_mode(mode)} if mode else {})


def outputs_of(
    node: Node, spec: Body, pipeline: Mapping[str, Any], datastore: str | None, child: str
) -> Body:
    """`pipeline`: the pipeline's own outputs, which say where an exported output goes."""
    exported = {output: name for name, output in node.exported.items()}
    found: Body = {}
    for name, declared in (spec.get("outputs") or {}).items():
        own = (node.body.get("outputs") or {}).get(name) or {}
        outer = (pipeline.get(exported[name]) or {}) if name in exported else {}
        kind = outer.get("jobOutputType") or own.get("job_output_type") or declared.get("type")
        mode = outer.get("mode") or own.get("mode") or declared.get("mode")
        output = {
            "jobOutputType": "uri_file" if control.is_control(declared) else kind,
            "uri": outer.get("uri") or own.get("uri") or default_uri(datastore, child, name),
            "mode": as_mode(mode) if mode else None,
            "assetName": outer.get("assetName") or own.get("asset_name") or own.get("name"),
            "assetVersion": outer.get("assetVersion") or own.get("asset_version") or own.get("version"),
        }
        found[name] = {key: value for key, value in output.items() if value is not None}
    return found


def default_uri(datastore: str | None, child: str, name: str) -> str | None:
    if not datastore:
        return None
    return f"azureml://datastores/{datastore.rsplit('/', 1)[-1]}/paths/azureml/{child}/{name}/"


MODES = {
    "ro_mount": "ReadOnlyMount",
    "rw_mount": "ReadWriteMount",
    "mount": "ReadWriteMount",
    "download": "Download",
    "upload": "Upload",
    "direct": "Direct",
    "eval_mount": "EvalMount",
    "eval_download": "EvalDownload",
}


def as_mode(given: Any) -> str:
    return MODES.get(str(given).lower(), str(given))

"""What the runs of a parallel_for's body produced, as one output each of the loop.

The SDK says which type such an output has: data of any kind becomes an MLTable, a primitive value a text. How Azure
lays them out is not documented. Here the MLTable's folder holds a folder for each iteration, and the text is JSON: a
list with the values in the order of the items.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

from course_runtime.emulator.engine import references
from course_runtime.emulator.engine.command.outputs import anonymous_id
from course_runtime.emulator.engine.pipelines import control
from course_runtime.emulator.engine.pipelines.graph import Node
from course_runtime.emulator.engine.pipelines.submission import Produced, Submission, specification
from course_runtime.emulator.engine.tables import DEFINITION
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.services.history.artifacts import Place, datastore_uri
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.services.workspaces.account_containers import ensure_container

DATASTORE = "workspaceblobstore"


async def gather(
    submission: Submission, node: Node, body: Node, iterations: Mapping[str, Produced]
) -> Produced:
    outputs: dict[str, Body] = {}
    shown: dict[str, Body] = {}
    for name, declared in (specification(submission.job, body).get("outputs") or {}).items():
        each = {key: one.outputs.get(name) or {} for key, one in iterations.items()}
        if control.is_control(declared):
            values = [control.typed(one.get("value"), declared) for one in each.values()]
            outputs[name] = {"jobOutputType": "string", "value": json.dumps(values)}
            continue
        uri = await _table(submission, node, name, each)
        outputs[name] = {"jobOutputType": "mltable", "uri": uri}
        outer = _outer(node, name)
        if outer:
            asset_id = anonymous_id(submission.job, outer, "mltable")
            shown[name] = {"uri": uri, "type": "mltable", "assetId": asset_id}
    return Produced(outputs, shown)


async def _table(submission: Submission, node: Node, name: str, each: Mapping[str, Body]) -> str:
    """Where the MLTable is, with a copy of every iteration's files beside it."""
    job = submission.job
    uri = _uri(submission, node, name)
    folder = references.place(job.cloud, job.workspace_id, uri)
    ensure_container(job.cloud, folder.account, folder.container)
    entries = [
        _copied(references.place(job.cloud, job.workspace_id, str(one["uri"])), folder, key)
        for key, one in each.items()
        if one.get("uri")
    ]
    definition = json.dumps({"type": "mltable", "paths": entries}, indent=2)
    await folder.at(DEFINITION).write(_whole(definition), "text/plain")
    return uri


def _uri(submission: Submission, node: Node, name: str) -> str:
    job = submission.job
    asked = (job.properties.get("outputs") or {}).get(_outer(node, name)) or {}
    own = (node.body.get("outputs") or {}).get(name) or {}
    store = str(submission.settings.get("default_datastore") or DATASTORE).rsplit("/", 1)[-1]
    default = datastore_uri(job.workspace, store, f"azureml/{job.name}/{node.name}/{name}/")
    return str(asked.get("uri") or own.get("uri") or default)


def _outer(node: Node, name: str) -> str:
    """What the pipeline calls the output; empty when it is not the pipeline's."""
    return next((outer for outer, output in node.exported.items() if output == name), "")


def _copied(source: Place, folder: Place, key: str) -> Body:
    """The entry of the table's `paths`; the copy shares its content with what it was made of."""
    file = source.blob()
    if file is not None:
        name = f"{key}/{source.prefix.rsplit('/', 1)[-1]}"
        blobs = {name: file}
    else:
        blobs = {f"{key}/{path}": blob for path, blob in source.files()}
    for path, blob in blobs.items():
        target = folder.at(path)
        copy = replace(
            blob, account=target.key, container=target.container, name=target.prefix, etag=new_etag()
        )
        folder.cloud.blobs.put(copy, forget_blocks=True)
    return {"file": f"./{name}"} if file is not None else {"folder": f"./{key}"}


async def _whole(text: str) -> AsyncIterator[bytes]:
    yield text.encode()

"""Control outputs: the numbers, texts and truths that a step gives to the steps after it, instead of files.

A component declares one by a primitive type (`boolean`, `integer`, `number`, `string`). A step gives the value in one
of the two ways that Azure's own component tool (mldesigner) does: as the text of the file `${{outputs.name}}`, or in
its run's properties, `azureml.pipeline.control` (a JSON object with all of them) or `azureml.pipeline.control.name`.
It is read once the step has ended, that of an early available output too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from course_runtime.emulator.engine import references
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.services.history.runs import Run

PROPERTY = "azureml.pipeline.control"
LONGEST = 100_000
"""Bytes of a value's file: values are not data."""
TRUTHS = {"true": True, "false": False}


def is_control(declared: Any) -> bool:
    return isinstance(declared, Mapping) and str(declared.get("type")).lower() in READ


def value_of(job: RunningJob, name: str, declared: Mapping[str, Any]) -> str | None:
    """What an ended step gave for its control output; None when it gave nothing."""
    values = told(job.run)
    text = values[name] if name in values else _written(job, name)
    if text is None:
        return None
    try:
        typed(text, declared)
    except ValueError:
        raise user_error(
            f"The control output '{name}' of '{job.name}' is declared as {declared['type']}; {text!r} came."
        ) from None
    return text


def told(run: Run) -> dict[str, str]:
    """Values in the run's properties, by output. JSON's own true is "true", as a file would say it in other letters."""
    prefix = f"{PROPERTY}."
    alone = {
        key.removeprefix(prefix): value for key, value in run.properties.items() if key.startswith(prefix)
    }
    try:
        together = json.loads(run.properties.get(PROPERTY) or "{}")
    except ValueError:
        together = None
    if not isinstance(together, dict):
        raise user_error(
            f"The property {PROPERTY} of the run '{run.id}' must be a JSON object with the values of its control "
            f"outputs; {run.properties[PROPERTY]!r} came."
        )
    return alone | {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in together.items()
    }


def _written(job: RunningJob, name: str) -> str | None:
    uri = (job.properties["outputs"].get(name) or {}).get("uri")
    try:
        place = references.place(job.cloud, job.workspace_id, str(uri)) if uri else None
    except AzureError:
        return None
    blobs = place.blobs() if place else []
    if len(blobs) != 1:
        return None
    if blobs[0].size > LONGEST:
        raise user_error(
            f"The control output '{name}' of '{job.name}' has {blobs[0].size} bytes; {LONGEST} is the most. Give data "
            "as an output of the type uri_file or uri_folder."
        )
    return b"".join(job.cloud.blobs.read(blobs[0], 0, blobs[0].size)).decode("utf-8", "replace").strip()


def typed(text: str | None, declared: Mapping[str, Any]) -> bool | float | str | None:
    """ValueError for what is not of the declared type."""
    return None if text is None else READ[str(declared["type"]).lower()](text)


def is_true(text: Any) -> bool:
    """ValueError for what is neither true nor false."""
    known = TRUTHS.get(str(text).strip().lower())
    if known is None:
        raise ValueError(f"{text!r} is neither true nor false.")
    return known


READ: Mapping[str, Callable[[str], bool | float | str]] = {
    "boolean": is_true,
    "integer": int,
    "number": float,
    "string": str,
}


def missing(node: str, output: str) -> AzureError:
    return user_error(
        f"The step '{node}' gave no value for its control output '{output}': write the value to the file "
        f"${{{{outputs.{output}}}}}, or set the run's property {PROPERTY} to a JSON object with it."
    )

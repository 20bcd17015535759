"""Metrics as SDK v1 writes and reads them: scalars are the run store's own, tables and lists are kept as they came."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history import calls
from course_runtime.emulator.services.history.calls import Body, Call
from course_runtime.emulator.services.history.moments import number_out, seconds_of
from course_runtime.emulator.services.history.runs import Metric
from course_runtime.emulator.store.clock import iso

SCALAR = "azureml.v1.scalar"


async def log(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_RUNS)
    run = call.runs.require(call.id, call.parameters["run"])
    for given in calls.objects(await call.body(), "values"):
        name = calls.text(given, "name")
        scalars = [_scalar(call, name, one) for one in calls.objects(given, "value")]
        if _is_scalar(given) and None not in scalars:
            call.runs.log_metrics(call.id, run.id, [one for one in scalars if one])
        else:
            kept = {"columns": given.get("columns"), "properties": given.get("properties")}
            call.runs.metric_store.add_rows(run.number, name, kept, calls.objects(given, "value"))
    return JSONResponse({"errors": []})


async def names(request: Request) -> Response:
    call = calls.opened(request, calls.READ_RUNS)
    run = call.runs.require(call.id, call.parameters["run"])
    store = call.runs.metric_store
    shapes = {name: _scalar_shape(name) for name in store.latest([run.number])[run.number]}
    shapes |= {name: shape for name, (shape, _) in store.rows(run.number).items()}
    value = [
        {"metricKey": {"namespace": "", "name": name, "labels": []}, **shape}
        for name, shape in shapes.items()
    ]
    return JSONResponse({"value": value, "continuationToken": None, "nextLink": None})


async def full(request: Request) -> Response:
    """Every value of one metric."""
    call = calls.opened(request, calls.READ_RUNS)
    run = call.runs.require(call.id, call.parameters["run"])
    name = calls.text(await call.body(), "metricName")
    history = call.runs.metrics(call.id, run.id, name)
    shape, value = _scalar_shape(name), [_value(metric) for metric in history]
    kept = call.runs.metric_store.rows(run.number).get(name)
    if kept and not history:
        shape, value = kept
    elif not history:
        raise AzureError(404, "UserError", f"Metric {name} was not found in run {run.id}.")
    head: Body = {"dataContainerId": f"dcid.{run.id}", "name": name, "continuationToken": None}
    return JSONResponse(head | shape | {"value": value})


def _is_scalar(given: Body) -> bool:
    columns, properties = given.get("columns") or {}, given.get("properties") or {}
    return list(columns) == [given["name"]] and properties.get("uxMetricType", SCALAR) == SCALAR


def _scalar(call: Call, name: str, given: Body) -> Metric | None:
    value = (given.get("data") or {}).get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    moment = seconds_of(given["createdUtc"]) if given.get("createdUtc") else call.cloud.clock.now()
    step = given.get("step")
    return Metric(name, float(value), step if isinstance(step, int) else 0, moment)


def _scalar_shape(name: str) -> Body:
    return {"columns": {name: "Double"}, "properties": {"uxMetricType": SCALAR, "dataLocation": None}}


def _value(metric: Metric) -> Any:
    return {
        "metricId": str(uuid.uuid4()),
        "createdUtc": iso(metric.timestamp),
        "step": metric.step,
        "data": {metric.name: number_out(metric.value)},
    }

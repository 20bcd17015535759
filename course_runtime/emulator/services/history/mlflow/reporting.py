"""What a script reports of its run: metrics, parameters, tags."""

from __future__ import annotations

import re

from course_runtime.emulator.services.history import job_entries
from course_runtime.emulator.services.history.calls import Body, Call, objects, text
from course_runtime.emulator.services.history.mlflow import runs, shapes
from course_runtime.emulator.services.history.mlflow.errors import invalid, missing
from course_runtime.emulator.services.history.mlflow.paging import place
from course_runtime.emulator.services.history.runs import Metric, Run

NAME = re.compile(r"[\w\-./: ]{1,255}")
LONGEST_PARAM = 500
MOST = {"metrics": 1000, "params": 200, "tags": 100}
LARGEST_HISTORY_PAGE = 25_000
LATEST_MOMENT = 253_402_300_799_000
"""The end of the year 9999, in milliseconds."""


def log_metric(call: Call, given: Body) -> Body:
    _log(call, runs.active(call, given), [given], {}, {})
    return {}


def log_param(call: Call, given: Body) -> Body:
    _log(call, runs.active(call, given), [], {_name(given, "parameter"): text(given, "value", "")}, {})
    return {}


def set_tag(call: Call, given: Body) -> Body:
    _log(call, runs.active(call, given), [], {}, {text(given, "key"): text(given, "value", "")})
    return {}


def log_batch(call: Call, given: Body) -> Body:
    """All of it, or nothing."""
    run = runs.active(call, given)
    for kind, most in MOST.items():
        count = len(objects(given, kind))
        if count > most:
            raise invalid(
                f"A batch logging request can contain at most {most} {kind}. Got {count} {kind}. Please split up "
                f"{kind} across multiple requests and try again."
            )
    params: dict[str, str] = {}
    for one in objects(given, "params"):
        name, value = _name(one, "parameter"), text(one, "value", "")
        if params.setdefault(name, value) != value:
            raise invalid(f"The parameter '{name}' comes twice in one batch, with different values.")
    tags = {text(one, "key"): text(one, "value", "") for one in objects(given, "tags")}
    _log(call, run, objects(given, "metrics"), params, tags)
    return {}


def log_batch_async(call: Call, given: Body) -> Body:
    """Done at once, so there is nothing to wait for: an empty tracking id says so."""
    log_batch(call, given)
    return {"batch_tracking_id": ""}


def run_data_status(call: Call, given: Body) -> Body:
    runs.find(call, given)
    return {"is_complete": True}


def delete_tag(call: Call, given: Body) -> Body:
    run, name = runs.active(call, given), text(given, "key")
    if not call.runs.delete_tag(call.id, run.id, name):
        raise missing(f"The tag '{name}' of run '{run.id}'")
    _mirror(call, run)
    return {}


def history(call: Call, given: Body) -> Body:
    run, name = runs.find(call, given), text(given, "metric_key")
    size = shapes.whole_in(given.get("max_results"), "max_results", LARGEST_HISTORY_PAGE)
    if not 1 <= size <= LARGEST_HISTORY_PAGE:
        raise invalid(f"'max_results' must be 1 to {LARGEST_HISTORY_PAGE}; {size} came.")
    found = call.runs.metric_store.history(run.number, name, after=place(given), limit=size + 1)
    body: Body = {"metrics": [shapes.metric_body(metric) for _, metric in found[:size]]}
    return body | ({"next_page_token": str(found[size - 1][0])} if len(found) > size else {})


def _log(call: Call, run: Run, metrics: list[Body], params: dict[str, str], tags: dict[str, str]) -> None:
    long = [name for name, value in params.items() if len(value) > LONGEST_PARAM]
    if long:
        raise invalid(
            f"No more than {LONGEST_PARAM} characters per params Value. Request contains {len(long)} of greater "
            f"length: {', '.join(long)}."
        )
    reports = [_metric(call, one) for one in metrics]
    with call.cloud.database.transaction():
        if params:
            call.runs.log_params(call.id, run.id, params)
        if tags:
            call.runs.update(call.id, run.id, tags=tags, **_meant(tags))
    call.runs.log_metrics(call.id, run.id, reports)
    for report, one in zip(reports, metrics, strict=True):
        if one.get("model_id"):
            call.runs.logged_models.log_metric(call.id, str(one["model_id"]), report, one, run.id)
    if tags:
        _mirror(call, run)


def _meant(tags: dict[str, str]) -> Body:
    """Some tags are MLflow's way to say something else."""
    changes: Body = {}
    if tags.get(runs.NAME_TAG):
        changes["display_name"] = tags[runs.NAME_TAG]
    if runs.NOTE_TAG in tags:
        changes["description"] = tags[runs.NOTE_TAG]
    return changes


def _metric(call: Call, given: Body) -> Metric:
    name = _name(given, "metric")
    moment = shapes.whole_in(given.get("timestamp"), "timestamp", shapes.milliseconds(call.cloud.clock.now()))
    if not 0 <= moment <= LATEST_MOMENT:
        raise invalid(f"The timestamp {moment} of the metric '{name}' is not one in milliseconds since 1970.")
    value = shapes.number_in(given.get("value"), f"value of the metric '{name}'")
    return Metric(name, value, shapes.whole_in(given.get("step"), "step"), moment / 1000)


def _name(given: Body, what: str) -> str:
    name = text(given, "key")
    parts = name.split("/")
    if not NAME.fullmatch(name) or ".." in parts or name.startswith("/") or name != name.strip():
        raise invalid(
            f"Invalid {what} name: '{name}'. Names may only contain alphanumerics, underscores (_), dashes (-), "
            "periods (.), spaces ( ), colons (:) and slashes (/), 255 at most, and are no path out of a folder."
        )
    return name


def _mirror(call: Call, run: Run) -> None:
    job_entries.mirror(call.cloud, call.workspace, call.runs.require(call.id, run.id))

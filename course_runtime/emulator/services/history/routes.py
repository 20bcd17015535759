"""Run history, artifacts and MLflow on a workspace's own host."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from course_runtime.emulator.services.history import (
    artifact_handlers,
    experiment_handlers,
    metric_handlers,
    output_handlers,
    run_handlers,
)
from course_runtime.emulator.services.history.calls import WORKSPACE
from course_runtime.emulator.services.history.mlflow import routes as mlflow

Handler = Callable[[Request], Awaitable[Response]]

HISTORY = f"/history/v1.0{WORKSPACE}"
EXPERIMENTS = (f"{HISTORY}/experiments/{{experiment}}", f"{HISTORY}/experimentids/{{experiment_id}}")
RUNS = (f"{HISTORY}/runs/{{run}}", *(f"{one}/runs/{{run}}" for one in EXPERIMENTS))
ARTIFACTS = f"/artifact/v2.0{WORKSPACE}/artifacts"


def routes() -> list[Route]:
    return [
        *mlflow.routes(),
        *_runs(),
        *_experiments(),
        *_metrics(),
        *_run_artifacts(),
        *_artifacts(),
        *_outputs(),
    ]


def _runs() -> list[Route]:
    below: list[tuple[str, str, Handler]] = [
        ("GET", "", run_handlers.get),
        ("PATCH", "", run_handlers.patch),
        ("GET", "/details", run_handlers.details),
        ("GET", "/children", run_handlers.children),
        ("POST", "/events", run_handlers.event),
        ("POST", "/cancel", run_handlers.cancel),
        ("DELETE", "/tags", run_handlers.delete_tags),
        ("GET", "/serviceinstances/{node}", run_handlers.service_instances),
        ("GET", "/metricsingest/wait", run_handlers.ingested),
        ("GET", "/token", run_handlers.token),
    ]
    found = [_route(method, f"{run}{path}", handler) for run in RUNS for method, path, handler in below]
    for experiment in EXPERIMENTS:
        found.append(_route("POST", f"{experiment}/runs:query", run_handlers.query))
        found.append(_route("PATCH", f"{experiment}/batch/runs", run_handlers.patch_batch))
        found.append(_route("POST", f"{experiment}/batch/events", run_handlers.events))
    return [
        *found,
        _route("POST", f"{HISTORY}/rundata", run_handlers.rundata),
        _route("POST", f"{HISTORY}/batch/events", run_handlers.events),
    ]


def _experiments() -> list[Route]:
    by_name, by_id = EXPERIMENTS
    return [
        _route("POST", f"{HISTORY}/experiments:query", experiment_handlers.query),
        _route("GET", by_name, experiment_handlers.get),
        _route("POST", by_name, experiment_handlers.create),
        _route("GET", by_id, experiment_handlers.get),
        _route("PATCH", by_id, experiment_handlers.update),
        _route("DELETE", by_id, experiment_handlers.delete),
        _route("POST", f"{by_id}/tags:delete", experiment_handlers.delete_tags),
    ]


def _metrics() -> list[Route]:
    base = f"/metric/v2.0{WORKSPACE}/runs/{{run}}"
    return [
        _route("POST", f"{base}/batch", metric_handlers.log),
        _route("POST", f"{base}/list", metric_handlers.names),
        _route("POST", f"{base}/full", metric_handlers.full),
    ]


def _run_artifacts() -> list[Route]:
    """SDK v1 writes the path into the address, the others into the query."""
    found = []
    for run in RUNS[1:]:
        base = f"{run}/artifacts"
        found.append(_route("POST", f"{base}/batch/metadata", artifact_handlers.create))
        found.append(_route("GET", base, artifact_handlers.list_all))
        for ending in ("", "/{path:path}"):
            found += [
                _route("GET", f"{base}/path{ending}", artifact_handlers.list_all),
                _route("GET", f"{base}/contentinfo{ending}", artifact_handlers.content_information),
                _route("GET", f"{base}/metadata{ending}", artifact_handlers.metadata),
                _route("GET", f"{base}/artifacturi{ending}", artifact_handlers.write_address),
                _route(
                    "GET",
                    f"{base}/prefix/contentinfo{ending}",
                    artifact_handlers.prefix_content_information,
                ),
            ]
    return found


def _artifacts() -> list[Route]:
    """The later clients write the path into the query here too."""
    container, path = "{origin}/{container}", "{origin}/{container}/{path:path}"
    return [
        _route("POST", f"{ARTIFACTS}/{container}/batch/metadata", artifact_handlers.create),
        _route("GET", f"{ARTIFACTS}/{container}/metadata", artifact_handlers.metadata),
        _route("GET", f"{ARTIFACTS}/{container}/contentinfo", artifact_handlers.content_information),
        _route(
            "GET",
            f"{ARTIFACTS}/{container}/prefix/contentinfo",
            artifact_handlers.prefix_content_information,
        ),
        _route("GET", f"{ARTIFACTS}/{container}/content", artifact_handlers.download),
        _route("POST", f"{ARTIFACTS}/{container}/content", artifact_handlers.upload),
        _route("GET", f"{ARTIFACTS}/{container}/write", artifact_handlers.write_address),
        _route("POST", f"{ARTIFACTS}/batch/metadata/{container}", artifact_handlers.create),
        _route("GET", f"{ARTIFACTS}/metadata/{path}", artifact_handlers.metadata),
        _route("GET", f"{ARTIFACTS}/contentinfo/{path}", artifact_handlers.content_information),
        _route("GET", f"{ARTIFACTS}/prefix/contentinfo/{path}", artifact_handlers.prefix_content_information),
        _route("GET", f"{ARTIFACTS}/content/{path}", artifact_handlers.download),
        _route("POST", f"{ARTIFACTS}/content/{path}", artifact_handlers.upload),
        _route("GET", f"{ARTIFACTS}/write/{path}", artifact_handlers.write_address),
        _route("GET", f"{ARTIFACTS}/{container}", artifact_handlers.list_all),
        _route("GET", f"{ARTIFACTS}/{path}", artifact_handlers.list_all),
    ]


def _outputs() -> list[Route]:
    return [
        _route("POST", f"/data/v1.0{WORKSPACE}/dataversion/batchGetResolvedUris", output_handlers.data_uris),
        _route(
            "POST", f"/modelregistry/v1.0{WORKSPACE}/models/batchGetResolvedUris", output_handlers.model_uris
        ),
    ]


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(path, handler, methods=[method])

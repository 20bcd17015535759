"""MLflow's REST API, as azureml-mlflow (v2.0) and as plain MLflow (v1.0) ask for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from course_runtime.emulator.kernel.errors import AzureError, not_implemented
from course_runtime.emulator.services.history import calls
from course_runtime.emulator.services.history.calls import Body, Call
from course_runtime.emulator.services.history.mlflow import (
    artifact_proxy,
    experiments,
    logged_models,
    model_versions,
    registered_models,
    reporting,
    runs,
)
from course_runtime.emulator.services.history.mlflow.errors import as_mlflow

Operation = Callable[[Call, Body], Body]
Handler = Callable[[Request], Awaitable[Response]]

BASE = f"/mlflow/{{version}}{calls.WORKSPACE}/api"
ALL_METHODS = ["GET", "PUT", "POST", "PATCH", "DELETE"]
LISTS = ("order_by", "stages", "experiment_ids", "run_ids")
"""What may come more than once in a query."""

EXPERIMENTS: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", "create", calls.WRITE_EXPERIMENTS, experiments.create),
    ("GET", "get", calls.READ_EXPERIMENTS, experiments.get),
    ("GET", "get-by-name", calls.READ_EXPERIMENTS, experiments.get_by_name),
    ("GET", "search", calls.READ_EXPERIMENTS, experiments.search),
    ("POST", "search", calls.READ_EXPERIMENTS, experiments.search),
    ("POST", "update", calls.WRITE_EXPERIMENTS, experiments.update),
    ("POST", "delete", calls.DELETE_EXPERIMENTS, experiments.delete),
    ("POST", "restore", calls.WRITE_EXPERIMENTS, experiments.restore),
    ("POST", "set-experiment-tag", calls.WRITE_EXPERIMENTS, experiments.set_tag),
    ("POST", "delete-experiment-tag", calls.WRITE_EXPERIMENTS, experiments.delete_tag),
)
RUNS: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", "create", calls.WRITE_RUNS, runs.create),
    ("GET", "get", calls.READ_RUNS, runs.get),
    ("POST", "update", calls.WRITE_RUNS, runs.update),
    ("POST", "delete", calls.WRITE_RUNS, runs.delete),
    ("POST", "restore", calls.WRITE_RUNS, runs.restore),
    ("POST", "search", calls.READ_RUNS, runs.search),
    ("POST", "log-inputs", calls.WRITE_RUNS, runs.log_inputs),
    ("POST", "outputs", calls.WRITE_RUNS, runs.log_outputs),
    ("POST", "log-metric", calls.WRITE_RUNS, reporting.log_metric),
    ("POST", "log-parameter", calls.WRITE_RUNS, reporting.log_param),
    ("POST", "log-batch", calls.WRITE_RUNS, reporting.log_batch),
    ("POST", "set-tag", calls.WRITE_RUNS, reporting.set_tag),
    ("POST", "delete-tag", calls.WRITE_RUNS, reporting.delete_tag),
)
MODELS: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", "create", calls.WRITE_MODELS, registered_models.create),
    ("GET", "get", calls.READ_MODELS, registered_models.get),
    ("PATCH", "update", calls.WRITE_MODELS, registered_models.update),
    ("DELETE", "delete", calls.DELETE_MODELS, registered_models.delete),
    ("GET", "search", calls.READ_MODELS, registered_models.search),
    ("POST", "set-tag", calls.WRITE_MODELS, registered_models.set_tag),
    ("DELETE", "delete-tag", calls.WRITE_MODELS, registered_models.delete_tag),
    ("POST", "alias", calls.WRITE_MODELS, registered_models.set_alias),
    ("DELETE", "alias", calls.WRITE_MODELS, registered_models.delete_alias),
    ("GET", "alias", calls.READ_MODELS, registered_models.by_alias),
    ("GET", "get-latest-versions", calls.READ_MODELS, registered_models.latest_versions),
    ("POST", "get-latest-versions", calls.READ_MODELS, registered_models.latest_versions),
)
VERSIONS: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", "create", calls.WRITE_MODELS, model_versions.create),
    ("GET", "get", calls.READ_MODELS, model_versions.get),
    ("PATCH", "update", calls.WRITE_MODELS, model_versions.update),
    ("DELETE", "delete", calls.DELETE_MODELS, model_versions.delete),
    ("GET", "search", calls.READ_MODELS, model_versions.search),
    ("POST", "transition-stage", calls.WRITE_MODELS, model_versions.transition),
    ("GET", "get-download-uri", calls.READ_MODELS, model_versions.download_uri),
    ("POST", "set-tag", calls.WRITE_MODELS, model_versions.set_tag),
    ("DELETE", "delete-tag", calls.WRITE_MODELS, model_versions.delete_tag),
)
LOGGED_MODELS: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", "", calls.WRITE_RUNS, logged_models.create),
    ("POST", "/search", calls.READ_RUNS, logged_models.search),
    ("GET", "/{model}", calls.READ_RUNS, logged_models.get),
    ("PATCH", "/{model}", calls.WRITE_RUNS, logged_models.finalize),
    ("DELETE", "/{model}", calls.WRITE_RUNS, logged_models.delete),
    ("PATCH", "/{model}/tags", calls.WRITE_RUNS, logged_models.set_tags),
    ("DELETE", "/{model}/tags/{tag}", calls.WRITE_RUNS, logged_models.delete_tag),
    ("POST", "/{model}/params", calls.WRITE_RUNS, logged_models.log_params),
)


def routes() -> list[Route]:
    base = f"{BASE}/2.0/mlflow"
    named = {
        "experiments": EXPERIMENTS,
        "runs": RUNS,
        "registered-models": MODELS,
        "model-versions": VERSIONS,
    }
    found = [
        _route(method, f"{base}/{group}/{name}", permission, operation)
        for group, operations in named.items()
        for method, name, permission, operation in operations
    ]
    found += [
        _route(method, f"{base}/logged-models{path}", permission, operation)
        for method, path, permission, operation in LOGGED_MODELS
    ]
    preview = f"{BASE}/2.0/preview/mlflow/runs"
    return [
        *found,
        _route("GET", f"{base}/metrics/get-history", calls.READ_RUNS, reporting.history),
        _route("GET", f"{base}/artifacts/list", calls.READ_ARTIFACTS, artifact_proxy.list_of_run),
        _route("POST", f"{preview}/log-batch-async", calls.WRITE_RUNS, reporting.log_batch_async),
        _route("GET", f"{preview}/get-run-data-status", calls.READ_RUNS, reporting.run_data_status),
        *_artifacts(),
        Route(f"{BASE}/{{rest:path}}", _guarded(_unknown), methods=ALL_METHODS),
    ]


def _artifacts() -> list[Route]:
    base = f"{BASE}/2.0/mlflow-artifacts/artifacts"
    one = f"{base}/{{path:path}}"
    return [
        Route(base, _guarded(artifact_proxy.list_folder), methods=["GET"]),
        Route(one, _guarded(artifact_proxy.download), methods=["GET"]),
        Route(one, _guarded(artifact_proxy.upload), methods=["PUT"]),
        Route(one, _guarded(artifact_proxy.delete), methods=["DELETE"]),
    ]


def _route(method: str, path: str, permission: str, operation: Operation) -> Route:
    async def answer(request: Request) -> Response:
        call = calls.opened(request, permission)
        given = _of_query(request) | await call.body()
        return JSONResponse(operation(call, given))

    return Route(path, _guarded(answer), methods=[method])


def _guarded(handler: Handler) -> Handler:
    """Refusals as MLflow's clients read them."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except AzureError as error:
            raise as_mlflow(error) from None

    return answer


async def _unknown(request: Request) -> Response:
    raise not_implemented(f"MLflow's {request.method} {request.path_params['rest']}")


def _of_query(request: Request) -> Body:
    found: Body = {}
    for name, value in request.query_params.multi_items():
        found[name] = [*found.get(name, []), value] if name in LISTS else value
    return found

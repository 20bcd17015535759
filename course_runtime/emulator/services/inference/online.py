"""A request to an online endpoint in, a deployment's answer out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.front.bodies import limited_body
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.inference.answers import Refused
from course_runtime.emulator.services.inference.authorization import authorize
from course_runtime.emulator.services.inference.endpoints import online_endpoint
from course_runtime.emulator.services.inference.selection import mirror_for, selected
from course_runtime.emulator.serving.admission import TooManyRequests
from course_runtime.emulator.serving.hosted import Hosted, StartFailed, Unhealthy
from course_runtime.emulator.serving.hosting import Hosting
from course_runtime.emulator.serving.upstream import UpstreamFailed, UpstreamResponse
from course_runtime.emulator.store.resources import Stored

LARGEST_REQUEST = 10 * 1024 * 1024
"""What Azure takes for a managed online endpoint."""
KEPT_BY_THE_FRONT = ("authorization", "azureml-model-deployment", "host")
METHODS = ("GET", "POST", "OPTIONS")


def answered(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A refusal becomes its response."""

    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request)
        except Refused as refused:
            return refused.response()

    return endpoint


@answered
async def score(request: Request) -> Response:
    endpoint = online_endpoint(request.scope["cloud"], request.scope["host"])
    authorize(request, endpoint)
    body = await limited_body(request, LARGEST_REQUEST)
    deployment = selected(request, endpoint)
    _mirror(request, endpoint, deployment, body)
    return await _ask(request, deployment, body)


@answered
async def swagger(request: Request) -> Response:
    endpoint = online_endpoint(request.scope["cloud"], request.scope["host"])
    authorize(request, endpoint)
    return await _ask(request, selected(request, endpoint), b"")


@answered
async def health(request: Request) -> Response:
    """Whether the deployment's server is up, as the server itself says it."""
    endpoint = online_endpoint(request.scope["cloud"], request.scope["host"])
    authorize(request, endpoint)
    return await _ask(request, selected(request, endpoint), b"")


async def unknown_path(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive)
    raise AzureError(
        404,
        "NotFound",
        f"'{request.url.path}' is no path of a scoring host: '/score', '/swagger.json' and '/' are.",
    )


async def _ask(request: Request, deployment: Stored, body: bytes) -> Response:
    hosting = _hosting(request.scope["cloud"])
    name = {"azureml-model-deployment": deployment.name}
    try:
        hosted = await hosting.ready(deployment)
        return _response(await _exchange(request, hosted, body), name)
    except StartFailed as problem:
        raise Refused(503, "no_healthy_upstream", f"no healthy upstream: {problem.message}", name) from None
    except Unhealthy as problem:
        raise Refused(503, "no_healthy_upstream", f"no healthy upstream: {problem}", name) from None
    except TooManyRequests:
        raise Refused(
            429,
            "too_many_pending_requests",
            f"Too many pending requests: the deployment '{deployment.name}' takes in 2 x "
            "max_concurrent_requests_per_instance x instance_count requests at any time. Try again a little later, or "
            "raise one of the two.",
            name | {"retry-after": "1"},
        ) from None
    except asyncio.TimeoutError:
        limit = hosted.recipe.request_seconds * 1000
        raise Refused(
            408,
            "request_timeout",
            f"upstream request timeout: the model took longer than the {limit:.0f} ms that request_timeout_ms in the "
            f"request_settings of the deployment '{deployment.name}' gives it.",
            name,
        ) from None
    except UpstreamFailed as problem:
        raise Refused(
            502,
            "upstream_reset",
            "upstream connect error or disconnect/reset before headers. reset reason: "
            f"{problem}. The process of the deployment '{deployment.name}' ended while it worked on the request; "
            "`get_logs` shows what it said last.",
            name,
        ) from None


async def _exchange(request: Request, hosted: Hosted, body: bytes) -> UpstreamResponse:
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    headers = {name: value for name, value in request.headers.items() if name not in KEPT_BY_THE_FRONT}
    return await hosted.exchange(request.method, target, headers, body)


def _response(answer: UpstreamResponse, name: dict[str, str]) -> Response:
    """A model's answer that is no success becomes 424, with the model's own status beside it."""
    if 200 <= answer.status < 300:
        response = Response(answer.body, answer.status)
    else:
        response = Response(answer.body, 424)
        name = name | {
            "ms-azureml-model-error-reason": "model_error",
            "ms-azureml-model-error-statuscode": str(answer.status),
        }
    for key, value in (*answer.headers, *name.items()):
        response.headers.append(key, value)
    return response


def _mirror(request: Request, endpoint: Stored, answering: Stored, body: bytes) -> None:
    """A copy goes to the shadow deployment; nobody sees what it answers."""
    hosting = _hosting(request.scope["cloud"])
    shadow = mirror_for(request, endpoint, answering)
    if shadow is None:
        return

    async def copy() -> None:
        try:
            hosted = await hosting.ready(shadow)
            hosted.mirrored += 1
            await _exchange(request, hosted, body)
        except (StartFailed, Unhealthy, TooManyRequests, UpstreamFailed, asyncio.TimeoutError):
            return

    hosting.mirror(copy())


def _hosting(cloud: Cloud) -> Hosting:
    assert cloud.hosting is not None  # requests come through a server, which gives each cloud its hosting
    return cloud.hosting

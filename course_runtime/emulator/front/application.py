"""The ASGI application of one cloud: log, faults, the host's service, and errors as Azure writes them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.front.faults import Fault
from course_runtime.emulator.front.hosts import HostTable
from course_runtime.emulator.kernel.errors import AzureError, not_implemented


class CloudApplication:
    def __init__(self, cloud: Cloud, hosts: HostTable) -> None:
        self.cloud = cloud
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        scope["cloud"] = self.cloud
        scope["host"] = request.headers.get("host", "").split(":")[0].lower()
        started = time.perf_counter()
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._answer(request, scope, receive, watch)
        finally:
            self._record(request, status, time.perf_counter() - started)

    async def _answer(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        self.cloud.tick()
        fault = self.cloud.faults.take(request.method, scope["host"], request.url.path)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.drop:
            await _hang_up(scope)
            return
        if fault and fault.status:
            await _struck(fault)(scope, receive, send)
            return
        service = self._hosts.find(scope["host"])
        try:
            if service is None:
                raise not_implemented(f"{request.method} https://{scope['host']}{request.url.path}")
            await service(scope, receive, send)
        except AzureError as error:
            await refusal(error)(scope, receive, send)

    def _record(self, request: Request, status: int, seconds: float) -> None:
        self.cloud.log.add(
            time=self.cloud.clock.now(),
            method=request.method,
            host=request.scope["host"],
            path=request.url.path,
            query=request.url.query,
            status=status,
            principal=request.scope.get("principal", ""),
            user_agent=request.headers.get("user-agent", ""),
            seconds=seconds,
        )


def refusal(error: AzureError) -> Response:
    headers = {"x-ms-error-code": error.code, **error.headers}
    return JSONResponse(error.envelope(), error.status, headers)


def _struck(fault: Fault) -> Response:
    body: dict[str, Any] = AzureError(fault.status, fault.code, fault.message).envelope()
    return JSONResponse(body, fault.status, fault.headers)


async def _hang_up(scope: Scope) -> None:
    """End the connection without an answer, as a broken network does."""
    transport = scope.get("state", {}).get("transport")
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)

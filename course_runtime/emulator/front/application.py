"""The ASGI application of one cloud: log, faults, the host's service, and errors as Azure writes them."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.front.faults import Fault
from course_runtime.emulator.front.hosts import HostTable
from course_runtime.emulator.kernel.errors import AzureError, method_not_allowed, not_implemented

logger = logging.getLogger(__name__)


class CloudApplication:
    def __init__(self, cloud: Cloud, hosts: HostTable) -> None:
        self.cloud = cloud
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """`scope["from_kit"]`: a request over the control socket, kept out of the log and struck by no fault."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        scope["app"] = self
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
            if scope.get("from_kit") or not await self._struck(scope, receive, watch):
                await self._answer(scope, receive, watch)
        except ClientDisconnect:
            pass
        finally:
            if not scope.get("from_kit"):
                self._record(request, status, time.perf_counter() - started)

    async def _struck(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether a fault answered, or cut the line, in the service's place."""
        fault = self.cloud.faults.take(scope["method"], scope["host"], scope["path"])
        if fault is None:
            return False
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop:
            await _hang_up(scope)
        elif fault.status:
            await _fault_response(fault)(scope, receive, send)
        return fault.drop or bool(fault.status)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            self.cloud.tick()
            service = self._hosts.find(scope["host"])
            if service is None:
                raise not_implemented(f"{scope['method']} https://{scope['host']}{scope['path']}")
            await service(scope, receive, watch)
        except ClientDisconnect:
            raise
        except Exception as error:
            if started:
                raise
            await refusal(_as_azure_error(error, scope))(scope, receive, send)

    def _record(self, request: Request, status: int, seconds: float) -> None:
        scope = request.scope
        self.cloud.log.add(
            time=self.cloud.clock.now(),
            method=scope["method"],
            host=scope["host"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            status=status,
            principal=scope.get("principal", ""),
            user_agent=request.headers.get("user-agent", ""),
            seconds=seconds,
        )


def refusal(error: AzureError) -> Response:
    headers = {"x-ms-error-code": error.code, **error.headers}
    return JSONResponse(error.envelope(), error.status, headers)


def _as_azure_error(error: Exception, scope: Scope) -> AzureError:
    if isinstance(error, AzureError):
        return error
    if isinstance(error, HTTPException):
        return _of_the_router(error, scope)
    if isinstance(error, sqlite3.Error):
        return _not_kept(error)
    logger.error("%s https://%s%s", scope["method"], scope["host"], scope["path"], exc_info=error)
    return AzureError(
        500,
        "InternalServerError",
        f"The workshop's Azure failed at '{scope['method']} {scope['path']}' ({type(error).__name__}: {error}). "
        "This is a mistake in the workshop, not in your code: please report it with the emulator's log.",
    )


def _of_the_router(error: HTTPException, scope: Scope) -> AzureError:
    if error.status_code == 405:
        return method_not_allowed(scope["method"], scope["path"])
    return AzureError(error.status_code, "InvalidRequestUri", f"{error.detail}: '{scope['path']}'.")


def _not_kept(error: sqlite3.Error) -> AzureError:
    """A 4xx, so that no SDK tries it again and again: a full disk does not mend itself."""
    logger.error("the state could not be written", exc_info=error)
    return AzureError(
        413,
        "InsufficientStorage",
        f"The workshop's Azure could not keep this ({error}), so nothing was changed. Is the disk full? "
        "Make room in the folder that `workshop emulator status` names, and try again.",
    )


def _fault_response(fault: Fault) -> Response:
    body: dict[str, Any] = AzureError(fault.status, fault.code, fault.message).envelope()
    return JSONResponse(body, fault.status, fault.headers)


async def _hang_up(scope: Scope) -> None:
    """End the connection without an answer, as a broken network does."""
    transport = scope.get("state", {}).get("transport")
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)

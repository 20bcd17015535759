"""The control socket: what the kit itself may do to the emulator. Students' code never reaches it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from course_runtime import __version__
from course_runtime.emulator.front.faults import Fault
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.personal import add_workspace
from course_runtime.emulator.services.login.model import issue
from course_runtime.emulator.services.workspaces import cost
from course_runtime.sandbox import jailed

if TYPE_CHECKING:
    from course_runtime.emulator.server import Server, Tenancy


def control_application(server: Server) -> Starlette:
    control = Control(server)
    return Starlette(
        exception_handlers={
            NoSuchCloud: _refused,
            AzureError: _refused,
            TypeError: _refused,
            ValueError: _refused,
        },
        routes=[
            Route("/status", control.status),
            Route("/stop", control.stop, methods=["POST"]),
            Route("/keep", control.keep, methods=["POST"]),
            Route("/lease", control.lease),
            Route("/reset", control.reset, methods=["POST"]),
            Route("/clouds", control.create, methods=["POST"]),
            Route("/clouds/{cloud}", control.drop, methods=["DELETE"]),
            Route("/clouds/{cloud}/log", control.log),
            Route("/clouds/{cloud}/faults", control.faults, methods=["GET", "POST", "DELETE"]),
            Route("/clouds/{cloud}/clock", control.clock, methods=["GET", "POST"]),
            Route("/clouds/{cloud}/costs", control.costs),
            Route("/clouds/{cloud}/preemptions", control.preempt, methods=["POST"]),
            Route("/clouds/{cloud}/principals", control.principals, methods=["POST"]),
            Route("/clouds/{cloud}/tokens", control.tokens, methods=["POST"]),
            Route("/clouds/{cloud}/workspaces", control.workspaces, methods=["POST"]),
            Route("/clouds/{cloud}/azure/{host}/{path:path}", Trusted(server), name="azure"),
        ],
    )


class Control:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def status(self, request: Request) -> Response:
        server = self._server
        return JSONResponse(
            {
                "version": __version__,
                "edition": server.edition,
                "sandboxed": jailed(),
                "pid": os.getpid(),
                "port": server.port,
                "seconds": time.time() - server.started,
                "requests": server.personal.cloud.log.total,
                "resources": server.personal.cloud.resources.count(),
                "check_clouds": server.count() - 1,
                "leases": server.leases,
                "idle_seconds": server.idle_seconds,
                "state": str(server.places.state),
                "bundle": str(server.places.bundle),
                "notes": server.notes,
                "access": server.personal.access.as_document(),
            }
        )

    async def stop(self, request: Request) -> Response:
        self._server.stop()
        return JSONResponse({})

    async def keep(self, request: Request) -> Response:
        """Stay until told to stop, however idle."""
        self._server.idle_seconds = None
        return JSONResponse({})

    async def lease(self, request: Request) -> Response:
        """An answer that never ends: as long as somebody listens, the emulator is in use."""

        async def hold() -> Any:
            self._server.leases += 1
            try:
                while not self._server.stopping:
                    yield b"\n"
                    await self._server.wait_for_stop(1)
            finally:
                self._server.leases -= 1
                self._server.touch()

        return StreamingResponse(hold())

    async def reset(self, request: Request) -> Response:
        return JSONResponse(self._server.reset_personal().access.as_document())

    async def create(self, request: Request) -> Response:
        wanted = await request.json()
        tenancy = self._server.create_cloud(wanted.get("role", "Owner"))
        return JSONResponse({"id": tenancy.cloud.id, "access": tenancy.access.as_document()})

    async def drop(self, request: Request) -> Response:
        self._server.drop_cloud(request.path_params["cloud"])
        return JSONResponse({})

    async def log(self, request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        return JSONResponse(self._of(request).cloud.log.since(since))

    async def faults(self, request: Request) -> Response:
        faults = self._of(request).cloud.faults
        if request.method == "POST":
            faults.add(Fault(**await request.json()))
        if request.method == "DELETE":
            faults.clear()
        return JSONResponse(faults.as_list())

    async def clock(self, request: Request) -> Response:
        cloud = self._of(request).cloud
        if request.method == "POST":
            cloud.advance(float((await request.json())["seconds"]))
        return JSONResponse({"now": cloud.clock.now()})

    async def costs(self, request: Request) -> Response:
        return JSONResponse(cost.report(self._of(request).cloud))

    async def preempt(self, request: Request) -> Response:
        """Azure takes a low-priority node back: the job that lost it is answered, empty when none ran there."""
        wanted = await request.json()
        engine = self._of(request).cloud.engine
        return JSONResponse({"job": engine.preempt(wanted["compute"]) if engine else ""})

    async def principals(self, request: Request) -> Response:
        principal = Principal(**await request.json())
        self._of(request).cloud.add_principal(principal)
        return JSONResponse(principal.as_document())

    async def tokens(self, request: Request) -> Response:
        """A token for any principal: graders replay operations as somebody else."""
        wanted = await request.json()
        cloud = self._of(request).cloud
        principal = cloud.principals.get(wanted["object_id"])
        if principal is None:
            return JSONResponse({"error": f"there is no principal '{wanted['object_id']}'"}, 404)
        return JSONResponse(issue(cloud, principal, wanted["audience"]))

    async def workspaces(self, request: Request) -> Response:
        wanted = await request.json()
        cloud = self._of(request).cloud
        return JSONResponse({"id": add_workspace(cloud, wanted["group"], wanted["name"], wanted["location"])})

    def _of(self, request: Request) -> Tenancy:
        tenancy = self._server.tenancy(request.path_params["cloud"])
        if tenancy is None:
            raise NoSuchCloud(f"there is no cloud '{request.path_params['cloud']}'")
        return tenancy


class NoSuchCloud(Exception):
    """It was never made, or it is gone."""


async def _refused(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 404 if isinstance(error, NoSuchCloud) else 400)


OF_THE_CONTROL_APPLICATION = ("path_params", "endpoint", "app", "router", "starlette.exception_handlers")


class Trusted:
    """A request to a cloud's own application, by somebody whose role nobody asks for, or with a token as another.

    No fault strikes it and the log does not show it: the log is what the student's code did.
    """

    def __init__(self, server: Server) -> None:
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parameters = scope["path_params"]
        tenancy = self._server.tenancy(parameters["cloud"])
        if tenancy is None:
            await JSONResponse({"error": f"there is no cloud '{parameters['cloud']}'"}, 404)(
                scope, receive, send
            )
            return
        headers = [(key, value) for key, value in scope["headers"] if key != b"host"]
        headers.append((b"host", parameters["host"].encode()))
        inner = {key: value for key, value in scope.items() if key not in OF_THE_CONTROL_APPLICATION}
        bearer = any(key == b"authorization" for key, _ in headers)
        inner |= {
            "path": "/" + parameters["path"],
            "raw_path": b"/" + scope["raw_path"].split(b"/", 5)[5],
            "root_path": "",
            "headers": headers,
            "from_kit": True,
            "trusted": not bearer,
        }
        await tenancy(inner, receive, send)

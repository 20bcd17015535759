"""What the endpoints of a storage account share: the request taken apart, its right checked, the answer sealed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.storage import xml
from course_runtime.emulator.services.storage.accounts import account_of
from course_runtime.emulator.services.storage.authorization import authorize
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.conditions import NotModified
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.services.storage.formats import split_query
from course_runtime.emulator.services.storage.operations import Operation
from course_runtime.emulator.store.clock import iso

DEFAULT_VERSION = "2021-12-02"
Answerer = Callable[[Call], Awaitable[Response]]


class Endpoint:
    """One host suffix: `service` is whose containers it shows, `writes_json` how it tells errors."""

    def __init__(self, service: str, server: str, answerer: Answerer, *, writes_json: bool = False) -> None:
        self._service = service
        self._server = server
        self._answerer = answerer
        self._writes_json = writes_json

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        identifier = str(uuid.uuid4())
        try:
            response = await self._answerer(_taken_apart(request, self._service))
        except NotModified as unchanged:
            response = unchanged.response()
        except AzureError as error:
            response = self._refusal(request, error, identifier)
        self._seal(request, response, identifier)
        await response(scope, receive, send)

    def _refusal(self, request: Request, error: AzureError, identifier: str) -> Response:
        headers = {"x-ms-error-code": error.code, **error.headers}
        if request.method == "HEAD":
            return Response(status_code=error.status, headers=headers)
        cloud: Cloud = request.scope["cloud"]
        message = f"{error.message}\nRequestId:{identifier}\nTime:{iso(cloud.clock.now())}"
        if self._writes_json:
            told = {"error": {"code": error.code, "message": message}}
            headers["Content-Type"] = "application/json;charset=utf-8"
            return Response(json.dumps(told), error.status, headers)
        root = xml.Element("Error")
        xml.add_all(root, [("Code", error.code), ("Message", xml.NOT_XML.sub("?", message))])
        if isinstance(error, StorageError):
            xml.add_all(root, [(name, xml.NOT_XML.sub("?", text)) for name, text in error.more.items()])
        headers["Content-Type"] = "application/xml"
        return Response(xml.document(root), error.status, headers)

    def _seal(self, request: Request, response: Response, identifier: str) -> None:
        response.headers["Server"] = self._server
        response.headers["x-ms-request-id"] = identifier
        response.headers["x-ms-version"] = request.headers.get("x-ms-version") or DEFAULT_VERSION
        client = request.headers.get("x-ms-client-request-id")
        if client:
            response.headers["x-ms-client-request-id"] = client


async def perform(call: Call, operation: Operation) -> Response:
    """Check the right, note who asked, do it."""
    call.caller = authorize(call, operation.permission)
    call.request.scope["principal"] = call.caller.name
    return await operation.handler(call)


def _taken_apart(request: Request, service: str) -> Call:
    cloud: Cloud = request.scope["cloud"]
    account = account_of(cloud, request.scope["host"])
    container, _, path = request.scope["path"].lstrip("/").partition("/")
    query = split_query(request.scope["query_string"].decode("latin-1"))
    return Call(
        request, cloud, account, service, container, path, {name.lower(): value for name, value in query}
    )

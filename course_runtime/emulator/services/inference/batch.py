"""A request to a batch endpoint in: the job that does its work out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from course_runtime.emulator.kernel.errors import not_implemented


async def invoke(request: Request) -> Response:
    raise not_implemented("batch_endpoints.invoke")


async def list_jobs(request: Request) -> Response:
    raise not_implemented("batch_endpoints.list_jobs")

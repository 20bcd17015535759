"""Resource types whose PUT and DELETE are operations that the client waits for."""

from __future__ import annotations

from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.resource import Resource


class LongRunning(Resource):
    """PUT and PATCH answer with `Azure-AsyncOperation`, DELETE with 202 and `Location`."""

    def put(self, context: Context) -> Reply:
        return _followed(super().put(context), context)

    def delete(self, context: Context) -> Reply:
        reply = super().delete(context)
        return accepted(context) if reply.status == 200 else reply


def accepted(context: Context, *, seconds: float = 0.0) -> Reply:
    """202: the work goes on, and the headers lead to its outcome."""
    return Reply(202, None, operations.start(context, seconds=seconds))


def _followed(reply: Reply, context: Context) -> Reply:
    """`Location` is left out: after a PUT the client reads the resource itself."""
    headers = operations.start(context)
    del headers["Location"]
    return Reply(reply.status, reply.body, {**reply.headers, **headers})

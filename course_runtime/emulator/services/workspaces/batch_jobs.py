"""{workspace}/batchEndpoints/{endpoint}/jobs: the jobs that invocations of the endpoint have made."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.services.workspaces import names


class BatchJobs(Resource):
    """Only a list: each of them is an ordinary job of the workspace."""

    type = f"{names.WORKSPACES}/batchEndpoints/jobs"

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        self.require_parent(context)
        endpoint = context.path.names[1].lower()
        jobs = context.cloud.resources.children(names.outer_id(context), f"{names.WORKSPACES}/jobs")
        own = [
            one
            for one in jobs
            if one.properties["properties"].get("azureml.endpoint", "").lower() == endpoint
        ]
        return Reply(200, {"value": [one.body for one in reversed(own)], "nextLink": None})

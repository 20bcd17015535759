"""Jobs as resources: checked, kept as they were submitted, and given to the engine, which runs them."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.engine.kinds import KINDS
from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.kernel.paging import page
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import Resource, action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import exists, not_found
from course_runtime.emulator.store.resources import Stored

TYPES = ("Command", "Sweep", "Pipeline", "AutoML", "Spark", "Base", "FineTuning", "Labeling")
OVER = ("Completed", "Failed", "Canceled", "NotResponding")
MAY_CHANGE = ("tags", "properties", "displayName", "description", "isArchived", "experimentName", "services")
REFERENCES = ("computeId", "environmentId", "codeId", "componentId")
COMMAND_SHAPE: Shape = dict.fromkeys(REFERENCES, str) | {
    "command": str,
    "environmentVariables": dict,
    "resources": {"instanceCount": int},
    "distribution": {
        "distributionType": str,
        "processCountPerInstance": int,
        "workerCount": int,
        "parameterServerCount": int,
    },
}
LIMITS_SHAPE: Shape = {"timeout": str, "trialTimeout": str, "maxTotalTrials": int, "maxConcurrentTrials": int}
NOT_RUN = "Jobs of type {kind} are kept as they were submitted; they are not run here."


class Jobs(Resource):
    type = f"{names.WORKSPACES}/jobs"
    shape: ClassVar[Shape] = COMMAND_SHAPE | {
        "trial": COMMAND_SHAPE,
        "displayName": str,
        "description": str,
        "experimentName": str,
        "inputs": {"*": dict},
        "outputs": {"*": dict},
        "services": dict,
        "limits": LIMITS_SHAPE,
        "searchSpace": dict,
        "samplingAlgorithm": dict,
        "earlyTermination": dict,
        "objective": {"goal": str, "primaryMetric": str},
        "jobs": {"*": {"inputs": dict, "outputs": dict}},
        "settings": dict,
        "identity": dict,
        "queueSettings": dict,
        "tags": dict,
        "properties": dict,
    }
    limit = f"jobs of type {', '.join(sorted(KINDS))} run; others are kept as they were submitted"
    name_pattern = r"[a-zA-Z0-9][a-zA-Z0-9_.\-]{0,254}"
    name_rule = "1 to 255 letters, digits, '_', '-' and '.', and starts with a letter or digit"

    def missing(self, context: Context) -> AzureError:
        return not_found(context, f"job with name '{context.path.name}'")

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        names.outer(context)
        properties = body["properties"]
        if existing:
            _require_unchanged(properties, existing)
            return
        kind = next((one for one in TYPES if one.lower() == str(properties.get("jobType")).lower()), None)
        if kind is None:
            raise user_error(
                f"'{properties.get('jobType')}' is not a jobType: one of {', '.join(TYPES)} was expected."
            )
        properties["jobType"] = kind
        for place in (properties, properties.get("trial") or {}):
            for field in REFERENCES:
                _require_reference(field, place.get(field), context)
        if kind in KINDS:
            KINDS[kind].check(properties, context)

    def take_secrets(self, body: Body, context: Context) -> Body:
        """Who submitted it: it runs as them where it has no identity of its own."""
        return (
            {"principal": context.principal.object_id}
            if context.cloud.resources.get(context.path.id) is None
            else {}
        )

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        if existing:
            changed = {field: properties[field] for field in MAY_CHANGE if field in properties}
            body["properties"] = existing.properties | changed
            return
        name = context.path.name
        properties["displayName"] = properties.get("displayName") or name
        properties["experimentName"] = properties.get("experimentName") or "Default"
        properties["tags"] = properties.get("tags") or {}
        kind = properties["jobType"]
        note = {} if kind in KINDS else {"azureml.emulator": NOT_RUN.format(kind=kind)}
        properties["properties"] = (properties.get("properties") or {}) | note
        properties["isArchived"] = bool(properties.get("isArchived"))
        properties["status"] = "NotStarted"
        properties["inputs"] = properties.get("inputs") or {}
        properties["outputs"] = _with_default_output(properties.get("outputs") or {}, name)
        properties["services"] = (properties.get("services") or {}) | _services(context)

    def created(self, stored: Stored, context: Context) -> None:
        properties = stored.properties
        parent = properties.get("parentJobName")
        compute = str(properties.get("computeId") or "")
        context.cloud.runs.create(
            names.outer_id(context),
            stored.name,
            experiment=properties["experimentName"],
            parent=str(parent) if parent else None,
            run_type=properties["jobType"].lower(),
            display_name=properties["displayName"],
            tags={name: str(value) for name, value in properties["tags"].items()},
            properties={name: str(value) for name, value in properties["properties"].items()},
            created_by=context.principal.name,
            target=compute.rsplit("/", 1)[-1] or None,
            description=properties.get("description"),
        )
        if properties["jobType"] in KINDS and context.cloud.engine:
            context.cloud.engine.start(stored.id)

    def updated(self, stored: Stored, context: Context) -> None:
        properties = stored.properties
        workspace_id = names.outer_id(context)
        if context.cloud.runs.get(workspace_id, stored.name) is not None:
            context.cloud.runs.update(
                workspace_id,
                stored.name,
                hidden=properties["isArchived"],
                display_name=properties["displayName"],
                description=properties.get("description"),
                experiment=properties["experimentName"],
                tags={name: str(value) for name, value in properties["tags"].items()},
            )

    def deleting(self, stored: Stored, context: Context) -> None:
        if context.cloud.engine:
            context.cloud.engine.cancel(stored.id)
        context.cloud.runs.delete(names.outer_id(context), stored.name)

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        self.require_parent(context)
        view = context.query.get("listViewType", "ActiveOnly").lower()
        kind = context.query.get("jobType")
        tag = context.query.get("tag")

        def keep(stored: Stored) -> bool:
            archived = stored.properties["isArchived"]
            in_view = view == "all" or archived == (view == "archivedonly")
            of_kind = not kind or stored.properties["jobType"].lower() == kind.lower()
            is_child = bool(stored.properties.get("parentJobName"))
            return in_view and of_kind and not is_child and (not tag or tag in stored.properties["tags"])

        return page(
            context, self.type, lambda stored: self.show(stored, context), keep=keep, newest_first=True
        )

    @action("cancel")
    def cancel(self, stored: Stored, context: Context) -> Reply:
        if stored.properties["status"] in OVER:
            raise user_error(
                f"The job '{stored.name}' cannot be canceled: it has ended (status '{stored.properties['status']}')."
            )
        operation = operations.begin(context.cloud)
        if context.cloud.engine and context.cloud.engine.cancel(stored.id, operation):
            return Reply(202, None, operations.headers_of(operation, context))
        stored.properties["status"] = "Canceled"
        context.cloud.resources.put(context.path, stored)
        context.cloud.runs.update(names.outer_id(context), stored.name, status="Canceled")
        operations.finish(context.cloud, operation)
        return Reply(202, None, operations.headers_of(operation, context))

    def require_deletable(self, stored: Stored, context: Context) -> None:
        if stored.properties["status"] not in OVER:
            raise user_error(
                f"The job '{stored.name}' cannot be deleted while its status is '{stored.properties['status']}'. "
                "Cancel it first."
            )


def _require_unchanged(properties: Body, existing: Stored) -> None:
    for field in ("command", "computeId", "environmentId", "codeId"):
        given = properties.get(field)
        if given and given != existing.properties.get(field):
            raise AzureError(
                409,
                "UserError",
                f"A job with the name '{existing.name}' already exists, and a submitted job's {field} cannot be "
                "changed. Submit it under another name, or without a name: a new one is made up.",
            )


def _require_reference(field: str, value: object, context: Context) -> None:
    """An ARM id that a job names must lead to something in this cloud."""
    if not isinstance(value, str) or not value.startswith("/subscriptions/"):
        return
    if not exists(context, value):
        kind, name = parse(value).full_type, "/".join(parse(value).names[1:])
        what = {"computeId": "compute target", "environmentId": "environment", "codeId": "code"}.get(
            field, "component"
        )
        raise user_error(
            f"The {what} '{name}' that the job names ({field}: '{value}') was not found. Create it first, or name one "
            f"that is there ({kind})."
        )


def _with_default_output(outputs: Body, name: str) -> Body:
    uri = f"azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.{name}"
    default = {"jobOutputType": "uri_folder", "mode": "ReadWriteMount", "uri": uri, "description": None}
    return {"default": default} | outputs


def _services(context: Context) -> Body:
    path = context.path
    where = f"/subscriptions/{path.subscription}/resourcegroups/{path.group}/workspaces/{path.names[0]}"
    region = names.location(context)
    tracking = f"azureml://{region}.api.azureml.ms/mlflow/v1.0{names.outer_id(context)}?"
    studio = f"https://ml.azure.com/runs/{path.name}?wsid={where}&tid={context.cloud.identity.tenant_id}"
    return {
        "Tracking": {"jobServiceType": "Tracking", "port": None, "endpoint": tracking, "status": None},
        "Studio": {"jobServiceType": "Studio", "port": None, "endpoint": studio, "status": None},
    }

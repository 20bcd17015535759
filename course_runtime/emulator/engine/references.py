"""What a job names as data, model or code, as a place in this cloud's storage: every form that a client may send."""

from __future__ import annotations

import re

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.history.artifacts import Place, place_of
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import latest
from course_runtime.emulator.services.workspaces.models import resolved
from course_runtime.emulator.store.resources import Stored

ARM_ID = re.compile(r"(?:azureml:/*)?/*(subscriptions/[^/]+/resourcegroups/.+/providers/.+)", re.IGNORECASE)
ASSET_URI = re.compile(
    r"azureml://(?:locations/[^/]+/|subscriptions/[^/]+/resourcegroups/[^/]+/)?workspaces/[^/]+/"
    r"(?P<kind>data|models|codes|environments|components)/(?P<name>[^/]+)/versions/(?P<version>[^/]+)",
    re.IGNORECASE,
)
IN_REGISTRY = re.compile(
    r"azureml://registries/(?P<registry>[^/]+)/(?P<kind>[^/]+)/(?P<name>[^/]+)/(?P<by>versions|labels)/(?P<which>[^/]+)"
)
BY_NAME = re.compile(r"(?:azureml:)?(?P<name>[^/:@]+)(?:(?P<mark>[:@])(?P<which>[^/:@]+))?")
HADOOP = re.compile(r"(?:wasbs?|abfss?)://(?P<container>[^@/]+)@(?P<host>[^/]+)/?(?P<path>.*)")
URI_FIELDS = {"data": "dataUri", "models": "modelUri", "codes": "codeUri"}
FOLLOWED_AT_MOST = 5


def place(
    cloud: Cloud, workspace_id: str, reference: str, *, kinds: tuple[str, ...] = ("data", "models")
) -> Place:
    """Where the files are. AzureError, in words, for what leads nowhere. `kinds`: where a bare name is looked for."""
    uri = reference
    for _ in range(FOLLOWED_AT_MOST):
        asset = find_asset(cloud, workspace_id, uri, kinds=kinds)
        if asset is None:
            return _place(cloud, workspace_id, uri, reference)
        uri = uri_of(asset)
    raise _nowhere(reference, "it leads from one asset to the next without end")


def find_asset(
    cloud: Cloud, workspace_id: str, reference: str, *, kinds: tuple[str, ...] = ("data", "models")
) -> Stored | None:
    """The asset version that is named; None for a URI that says itself where something is. AzureError: not there."""
    if found := ASSET_URI.fullmatch(reference):
        return _version(
            cloud, f"{workspace_id}/{found['kind']}/{found['name']}/versions/{found['version']}", reference
        )
    if found := IN_REGISTRY.match(reference):
        registry = cloud.resources.named(names.REGISTRIES, found["registry"])
        if registry is None:
            raise _nowhere(reference, f"there is no registry '{found['registry']}'")
        mark = ":" if found["by"] == "versions" else "@"
        return _by_name(cloud, registry.id, found["kind"], found["name"], mark, found["which"], reference)
    if found := ARM_ID.fullmatch(reference):
        return _version(cloud, f"/{found[1]}", reference)
    found = BY_NAME.fullmatch(reference)
    if found is None:
        return None
    for kind in kinds:
        if cloud.resources.get(f"{workspace_id}/{kind}/{found['name']}") is not None:
            return _by_name(
                cloud, workspace_id, kind, found["name"], found["mark"], found["which"], reference
            )
    raise _nowhere(reference, f"there is no {' or '.join(_spoken(kind) for kind in kinds)} of that name")


def uri_of(asset: Stored) -> str:
    kind = str(asset.body["type"]).split("/")[-2]
    uri = asset.properties.get(URI_FIELDS.get(kind, ""))
    if not uri:
        raise _nowhere(asset.id, "it has no files")
    return str(uri)


def _place(cloud: Cloud, workspace_id: str, uri: str, reference: str) -> Place:
    context = cloud.context(f"{workspace_id}/jobs/any")
    uri, _ = resolved(uri, context)
    if found := HADOOP.fullmatch(uri):
        uri = f"https://{found['host']}/{found['container']}/{found['path']}"
    workspace = cloud.resources.get(workspace_id)
    assert workspace is not None
    there = place_of(cloud, workspace, uri)
    if there is None:
        raise _nowhere(reference, f"'{uri}' is neither a datastore path nor a blob of this cloud")
    return there


def _by_name(
    cloud: Cloud, outer_id: str, kind: str, name: str, mark: str | None, which: str | None, reference: str
) -> Stored:
    """`name:version`, `name@label` or a name alone, which means its latest version."""
    if mark == ":":
        return _version(cloud, f"{outer_id}/{kind}/{name}/versions/{which}", reference)
    if mark == "@" and which != "latest":
        raise _nowhere(reference, f"it has no label '{which}': the one that there is is 'latest'")
    container_id = f"{outer_id}/{kind}/{name}"
    versions = cloud.resources.children(container_id, f"{parse(container_id).full_type}/versions")
    newest = latest(versions)
    if newest is None:
        raise _nowhere(reference, f"the {_spoken(kind)} '{name}' has no version that is not archived")
    return _version(cloud, f"{outer_id}/{kind}/{name}/versions/{newest}", reference)


def _version(cloud: Cloud, arm_id: str, reference: str) -> Stored:
    path = parse(arm_id)
    resource = cloud.registry.find(path.full_type)
    context: Context = cloud.context(arm_id)
    try:
        if resource is not None:
            return resource.find(context)
    except AzureError as problem:
        raise _nowhere(reference, problem.message) from None
    raise _nowhere(reference, f"'{path.full_type}' is no type of asset")


def _spoken(kind: str) -> str:
    return {"data": "data asset", "models": "model", "environments": "environment", "codes": "code"}.get(
        kind, kind
    )


def _nowhere(reference: str, reason: str) -> AzureError:
    return user_error(f"'{reference}' cannot be found: {reason}.")

"""Sharing: an asset of a workspace copied into a registry, its files with it."""

from __future__ import annotations

import copy
import uuid
from dataclasses import replace

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import optional_body
from course_runtime.emulator.kernel.shapes import require_shape
from course_runtime.emulator.services.history.artifacts import place_of
from course_runtime.emulator.services.registries.names import WORKSPACE_ASSET
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.account_containers import container_url, ensure_container
from course_runtime.emulator.services.workspaces.pending_upload import account_of
from course_runtime.emulator.store.resources import Stored

KINDS = ("models", "data", "environments", "components", "codes")
URI_FIELDS = ("modelUri", "dataUri", "codeUri")
SHARED = {"sourceAssetId": str, "destinationName": str, "destinationVersion": str}


def share(registry: Stored, context: Context) -> None:
    wanted = optional_body(context).get("properties") or {}
    require_shape(wanted, SHARED, "properties")
    source = _source(str(wanted.get("sourceAssetId") or ""), context)
    kind = parse(source.id).types[1]
    name = wanted.get("destinationName") or parse(source.id).names[1]
    version = wanted.get("destinationVersion") or source.name
    target = parse(f"{registry.id}/{kind}/{name}/versions/{version}")
    if context.cloud.resources.get(target.id):
        raise AzureError(
            409,
            "UserError",
            f"The {kind} asset '{name}' already has a version '{version}' in '{registry.name}'.",
        )
    properties = copy.deepcopy(source.properties)
    for field in URI_FIELDS:
        if properties.get(field):
            properties[field] = _copied(str(properties[field]), source, registry, context)
    properties["properties"] = _lineage(properties, source)
    resource = context.cloud.registry.require(target.full_type)
    put = context.at(target, method="PUT")
    resource.require("write", put)
    resource.write(put, {"properties": properties}, None)


def _source(asset_id: str, context: Context) -> Stored:
    """`azureml://locations/eastus/workspaces/{guid}/models/m/versions/1`, or an ARM id."""
    match = WORKSPACE_ASSET.fullmatch(asset_id)
    if match is None or match["kind"].lower() not in KINDS:
        raise user_error(
            f"'{asset_id}' is not the id of a workspace's asset: one like "
            "azureml://locations/eastus/workspaces/{workspace id}/models/{name}/versions/{version} was expected.",
        )
    workspace = _workspace(match["workspace"], context.cloud)
    tail = f"{match['kind']}/{match['name']}/versions/{match['version']}"
    found = context.cloud.resources.get(f"{workspace.id}/{tail}") if workspace else None
    if found is None:
        raise AzureError(404, "UserError", f"Not found: the asset '{asset_id}', which was to be shared.")
    context.cloud.access.require(context.principal, f"{found.body['type']}/read", found.id)
    return found


def _workspace(text: str, cloud: Cloud) -> Stored | None:
    if "/providers/" in text:
        return cloud.resources.get(text if text.startswith("/") else f"/{text}")
    identifier = text.rsplit("/", 1)[1].lower()
    for subscription in cloud.subscriptions():
        for one in cloud.resources.in_subscription(subscription, names.WORKSPACES):
            if one.properties["workspaceId"].lower() == identifier:
                return one
    return None


def _copied(uri: str, source: Stored, registry: Stored, context: Context) -> str:
    """The files copied into a new container of the registry; what lies outside Azure stays where it is."""
    cloud = context.cloud
    workspace = cloud.resources.get(source.id.rsplit("/", 4)[0])
    place = place_of(cloud, workspace, uri) if workspace else None
    if place is None:
        return uri
    target = account_of(registry, context)
    name = str(uuid.uuid4())
    ensure_container(cloud, target, name)
    for blob in place.blobs():
        cloud.blobs.put(replace(blob, account=str(target.sequence), container=name, lease={}))
    return f"{container_url(target, name)}/{place.prefix}{'/' if uri.endswith('/') else ''}"


def _lineage(properties: Body, source: Stored) -> Body:
    return (properties.get("properties") or {}) | {"azureml.sourceAssetId": source.id}

"""Data assets: a file, a folder or an MLTable, by reference; and their deletion when they have grown old."""

from __future__ import annotations

import re

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import ASSET_SHAPE, AssetContainers, AssetVersions
from course_runtime.emulator.store.resources import Stored

TYPES = ("uri_file", "uri_folder", "mltable")
CONDITIONS = ("createdGreaterThan", "lastAccessedGreaterThan")
SECONDS_A_DAY = 86400


class DataContainers(AssetContainers):
    type = f"{names.WORKSPACES}/data"


class DataVersions(AssetVersions):
    type = f"{names.WORKSPACES}/data/versions"
    spoken = "data"
    shape = ASSET_SHAPE | {"dataUri": str, "dataType": str, "autoDeleteSetting": dict}
    fixed = ("dataUri", "dataType")
    shared = ("dataType",)

    def check(self, properties: Body, context: Context) -> None:
        kind = properties["dataType"] = properties.get("dataType") or "uri_folder"
        if kind not in TYPES:
            raise user_error(f"The data type '{kind}' is not valid: one of {', '.join(TYPES)} was expected.")
        if not properties.get("dataUri"):
            raise user_error("'dataUri' is required: a data asset must say where its data is.")
        if properties.get("autoDeleteSetting"):
            _days(properties["autoDeleteSetting"])

    def check_new(self, properties: Body, context: Context) -> None:
        """All versions of a name are of one type."""
        container = context.cloud.resources.get(context.path.parent_id())
        kept = container.properties.get("dataType") if container else None
        if kept and kept != properties["dataType"]:
            raise user_error(
                f"The data asset '{context.path.names[-2]}' has the type '{kept}', and all its versions must have it; "
                f"'{properties['dataType']}' came. Use a different name.",
            )

    def complete(self, properties: Body, context: Context, existing: Stored | None) -> None:
        uri = long_form(str(properties["dataUri"]), context)
        is_folder = properties["dataType"] != "uri_file"
        in_storage = uri.startswith("azureml://") or ".core.windows.net/" in uri
        properties["dataUri"] = f"{uri.rstrip('/')}/" if is_folder and in_storage and "*" not in uri else uri

    def created(self, stored: Stored, context: Context) -> None:
        super().created(stored, context)
        self._plan(stored, context)

    def updated(self, stored: Stored, context: Context) -> None:
        self._plan(stored, context)

    def _plan(self, stored: Stored, context: Context) -> None:
        setting = stored.properties.get("autoDeleteSetting")
        if setting:
            seconds = _days(setting) * SECONDS_A_DAY
            context.cloud.clock.later(seconds, "auto-delete", stored.id, {"setting": setting})

    def timer(self, name: str, stored: Stored, payload: Body, context: Context) -> None:
        if stored.properties.get("autoDeleteSetting") == payload["setting"]:
            self.remove(stored, context)


def long_form(uri: str, context: Context) -> str:
    """`azureml://datastores/...` with the workspace that it speaks of."""
    match = re.match(r"azureml:/+datastores/(.+)", uri)
    if match is None or context.path.provider is None or context.path.types[0] != "workspaces":
        return uri
    path = context.path
    workspace = f"subscriptions/{path.subscription}/resourcegroups/{path.group}/workspaces/{path.names[0]}"
    return f"azureml://{workspace}/datastores/{match[1]}"


def _days(setting: Body) -> int:
    """`30d`, `P30D` or `30`."""
    match = re.fullmatch(r"P?(\d{1,6})D?", str(setting.get("value")).upper())
    if setting.get("condition") not in CONDITIONS or match is None:
        raise user_error(
            f"The auto-delete setting {setting} is not valid: a condition ({' or '.join(CONDITIONS)}) and a value in "
            "days such as '30d' were expected.",
        )
    return int(match[1])

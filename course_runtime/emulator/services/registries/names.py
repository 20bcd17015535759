"""Ids of registry assets, from ARM's form to the one that registries show, and back."""

from __future__ import annotations

import re

from course_runtime.emulator.kernel.path import parse

ASSET_ID = re.compile(
    r"azureml://registries/(?P<registry>[^/]+)/(?P<kind>[^/]+)/(?P<name>[^/]+)/versions/(?P<version>[^/]+)"
)
WORKSPACE_ASSET = re.compile(
    r"(?:azureml:/*)?(?P<workspace>/?(?:locations/(?P<region>[^/]+)/)?(?:subscriptions/.+?/)?workspaces/[^/]+)"
    r"/(?P<kind>[^/]+)/(?P<name>[^/]+)/versions/(?P<version>[^/]+)"
)


def asset_id(arm_id: str) -> str:
    path = parse(arm_id)
    registry, name, version = path.names
    return f"azureml://registries/{registry.lower()}/{path.types[1]}/{name}/versions/{version}"

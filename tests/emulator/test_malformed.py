"""Whatever is sent, Azure's envelope comes back: 4xx or 501, never 5xx, never silence.

`MALFORMED_EXAMPLES=10000` tries longer.
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_runtime.emulator import Cloud
from course_runtime.emulator.client import Answer

TRIES = settings(
    max_examples=int(os.environ.get("MALFORMED_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TYPES = [
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Storage/storageAccounts",
    "Microsoft.KeyVault/vaults",
    "Microsoft.Insights/components",
    "Microsoft.OperationalInsights/workspaces",
    "Microsoft.ContainerRegistry/registries",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.Resources/deployments",
    "Microsoft.Authorization/roleAssignments",
    "Microsoft.Authorization/roleDefinitions",
]
WORDS = [
    "subscriptions",
    "resourceGroups",
    "rg",
    "providers",
    "resources",
    "operations",
    "locations",
    "register",
]
FIELDS = ["location", "tags", "properties", "identity", "sku", "kind", "name", "type", "principalId"]
FIELDS += [
    "roleDefinitionId",
    "template",
    "parameters",
    "resources",
    "outputs",
    "variables",
    "storageAccount",
]
FIELDS += ["keyVault", "applicationInsights", "mode", "adminUserEnabled", "value", "keyName", "dependsOn"]
EDGES = [
    "",
    "eastus",
    "SystemAssigned",
    "[variables('a')]",
    "[",
    "\u0000",
    "\U0001f600",
    "x" * 300,
    "/",
    "\r\nA: b",
]
METHODS = st.sampled_from(["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(EDGES)
VALUES = st.recursive(
    SCALARS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6).map(
    lambda body: {"location": "eastus", **body}
)
SEGMENTS = st.sampled_from([*WORDS, *TYPES]) | st.text(st.characters(exclude_characters="\n"), max_size=6)
"""The control socket's own routes end at a line break; `services/arm/test_handlers.py` sends one by the door."""


def judge(answer: Answer, *asked: Any) -> None:
    assert answer.status < 500 or answer.status == 501, (answer, asked)
    if answer.status >= 400 and answer.body is not None:
        assert answer.body["error"]["code"] and answer.body["error"]["message"], (answer, asked)


@TRIES
@given(METHODS, st.lists(SEGMENTS, max_size=9), st.text(max_size=20))
def test_any_path(cloud: Cloud, method: str, segments: list[str], query: str) -> None:
    mine = f"/subscriptions/{cloud.access.subscription_id}/"
    for start in ("/", mine, f"{mine}resourceGroups/rg/providers/"):
        path = start + "/".join(quote(one, safe="/", errors="replace") for one in segments)
        path += f"?$filter={quote(query, errors='replace')}"
        judge(cloud.request(method, path, {} if method in ("PUT", "PATCH", "POST") else None), method, path)


@TRIES
@given(st.sampled_from(["PUT", "PATCH", "POST"]), st.sampled_from(TYPES), VALUES | BODIES)
def test_any_json(cloud: Cloud, group_id: str, method: str, kind: str, body: Any) -> None:
    name = "00000000-0000-0000-0000-000000000001" if kind.endswith("roleAssignments") else "name123"
    path = f"{group_id}/providers/{kind}/{name}"
    for tail in ("", "/listKeys", "/validate", "/regenerateKey") if method == "POST" else ("",):
        judge(cloud.request(method, path + tail, body), method, path + tail, body)
    judge(cloud.request("GET", f"{group_id}/resources?$filter=tagName eq 'a'".replace(" ", "%20")))
    judge(cloud.request("GET", path))


@TRIES
@given(BODIES, st.integers(0, 400), st.binary(max_size=6))
def test_any_bytes(cloud: Cloud, group_id: str, body: dict[str, Any], cut: int, noise: bytes) -> None:
    sent = json.dumps(body).encode()
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/n"
    judge(cloud.request("PUT", path, sent[:cut] + noise + sent[cut + len(noise) :]), sent, cut, noise)


@TRIES
@given(st.dictionaries(st.sampled_from(["template", "parameters", "mode"]), VALUES), st.data())
def test_any_template(cloud: Cloud, group_id: str, properties: dict[str, Any], data: st.DataObject) -> None:
    sections = st.sampled_from(["parameters", "variables", "resources", "outputs"])
    template = data.draw(st.dictionaries(sections, VALUES | st.lists(BODIES, max_size=2), min_size=1))
    path = f"{group_id}/providers/Microsoft.Resources/deployments/d"
    judge(cloud.request("PUT", path, {"properties": {**properties, "template": template}}), template)


@TRIES
@given(
    st.sampled_from(["If-Match", "Content-Type", "Accept", "X-Any"]),
    st.text(st.characters(max_codepoint=255, min_codepoint=32, exclude_characters="\x7f"), max_size=30),
)
def test_any_header(cloud: Cloud, group_id: str, name: str, value: str) -> None:
    judge(cloud.request("PUT", group_id, {"location": "eastus"}, headers={name: value}), name, value)

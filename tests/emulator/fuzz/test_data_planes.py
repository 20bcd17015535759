"""Every route of the other data planes, as their routers list them: sign-in, Key Vault, *.api.azureml.ms, telemetry."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import BaseRoute, Route, Router

from course_runtime.emulator import Cloud
from course_runtime.emulator.services import catalogue

from .judging import judge_any
from .values import METHODS, SEGMENTS, TEXTS, TRIES, VALUES, nearly

NAMED_HOSTS = {
    "*.vault.azure.net": "fuzzvault1.vault.azure.net",
    "*.api.azureml.ms": "eastus.api.azureml.ms",
}
WORDS = [
    "fuzz1",
    "metrics",
    "artifacts",
    "runs",
    "create",
    "get",
    "search",
    "common",
    "organizations",
    "secrets",
]
FORM = {
    "grant_type": "client_credentials",
    "client_id": "22222222-2222-2222-2222-222222222222",
    "client_secret": "s",
    "scope": "https://management.azure.com/.default",
    "resource": "https://management.azure.com",
    "refresh_token": "r",
    "device_code": "d",
    "client_assertion": "a.b.c",
    "username": "u",
    "password": "p",
}
SECRET = {
    "value": "v",
    "contentType": "text/plain",
    "tags": {"a": "b"},
    "attributes": {"enabled": True, "nbf": 1, "exp": 2_000_000_000},
}


def routes() -> list[tuple[str, str, list[str]]]:
    """Host, path and methods of every route that is not Resource Manager's or storage's."""
    found = []
    for host, application in catalogue.host_table():
        if isinstance(application, Router) and "management" not in host:
            name = NAMED_HOSTS.get(host, host.replace("*", "fuzz"))
            found += [(name, route.path, sorted(route.methods or ())) for route in _flat(application.routes)]
    return found


def _flat(routes: list[BaseRoute]) -> list[Route]:
    return [one for one in routes if isinstance(one, Route)]


@pytest.fixture
def furnished_planes(cloud: Cloud, group_id: str) -> Cloud:
    vault = f"{group_id}/providers/Microsoft.KeyVault/vaults/fuzzvault1"
    assert cloud.request("PUT", vault, {"location": "eastus", "properties": {"tenantId": "t"}}).status in (
        200,
        201,
    )
    cloud.request("PUT", "/secrets/fuzz1?api-version=7.4", SECRET, host="fuzzvault1.vault.azure.net")
    return cloud


@TRIES
@given(
    st.data(),
    st.sampled_from(routes()),
    METHODS | st.none(),
    st.dictionaries(
        st.sampled_from(["api-version", "maxresults", "$skiptoken", "resource", "client_id"]), TEXTS
    ),
)
def test_any_route(
    furnished_planes: Cloud, data: st.DataObject, route: Any, method: str | None, query: Any
) -> None:
    host, template, methods = route
    method = method or data.draw(st.sampled_from(methods))
    names = SEGMENTS | st.sampled_from(WORDS)
    path = re.sub(r"\{[^}]*\}", lambda _: quote(data.draw(names), safe="", errors="replace"), template)
    json_body = nearly(SECRET) | VALUES | st.binary(max_size=30) | st.none()
    form = nearly(FORM).map(
        lambda form: urlencode(form if isinstance(form, dict) else {"a": "b"}, errors="replace")
    )
    body = data.draw(form.map(str.encode) if "microsoft" in host else json_body)
    path += "?" + urlencode(query, errors="replace")
    headers = {"Metadata": "true"} if data.draw(st.booleans()) else {}
    answer = furnished_planes.request(method, path, body, host=host, headers=headers)
    judge_any(answer, method, host, path, body)

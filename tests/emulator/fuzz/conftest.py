"""A cloud that holds one of everything, so that malformed requests reach past the first 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from course_runtime.emulator import Cloud

from .resources import RESOURCES


@dataclass(frozen=True)
class Furnished:
    """`refused` names what its own good body could not make."""

    cloud: Cloud
    resources: list[tuple[str, Any]]
    refused: dict[str, Any]


@pytest.fixture
def furnished(new_cloud: Callable[..., Cloud]) -> Furnished:
    cloud = new_cloud()
    own = {"{subscription}": cloud.access.subscription_id, "{principal}": cloud.access.object_id}
    resources = [(_filled(path, own), _filled(body, own)) for path, body in RESOURCES]
    refused = {}
    for path, body in resources:
        answer = cloud.request("PUT", path, body)
        if answer.status >= 400:
            refused[path] = answer
    return Furnished(cloud, resources, refused)


def _filled(value: Any, own: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, own) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, own) for inner in value]
    for mark, text in own.items() if isinstance(value, str) else ():
        value = value.replace(mark, text)
    return value

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.shapes import Shape, require_shape, require_shapes


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"properties": []}, "'properties' must be a JSON object; a list came."),
        ({"tags": ["a"]}, "'tags' must be a JSON object; a list came."),
        ({"tags": {"a": 1}}, "'tags.a' must be text; a number came."),
        ({"identity": "SystemAssigned"}, "'identity' must be a JSON object; text came."),
        ({"identity": {"type": True}}, "'identity.type' must be text; a truth value came."),
        ({"sku": {"tier": "Basic"}}, "'sku.name' must be text; nothing came."),
        ({"location": {}}, "'location' must be text; a JSON object came."),
        ({"kind": 3.5}, "'kind' must be text; a number came."),
    ],
)
def test_a_wrong_shape_is_named_with_what_came(body: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AzureError) as refused:
        require_shapes(body)
    assert refused.value.status == 400
    assert sentence in refused.value.message


def test_null_counts_as_left_out() -> None:
    body: dict[str, Any] = {"tags": None, "sku": None, "identity": None, "properties": None, "location": None}
    require_shapes(body)
    assert "tags" not in body and "sku" not in body and "identity" not in body


def test_what_sdks_send_passes() -> None:
    require_shapes(
        {"location": "eastus", "tags": {"a": "b", "c": None}, "sku": {"name": "Basic"}, "properties": {}}
    )


SHAPE: Shape = {"size": str, "nodes": int, "schedules": [{"hour": int}], "secrets": {"*": str}, "about": dict}


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        ({"size": 3}, "'properties.size' must be text; a number came."),
        ({"nodes": True}, "'properties.nodes' must be a whole number; a truth value came."),
        ({"nodes": 1.5}, "'properties.nodes' must be a whole number; a number came."),
        ({"schedules": {}}, "'properties.schedules' must be a list; a JSON object came."),
        (
            {"schedules": [{"hour": 1}, None]},
            "'properties.schedules[1]' must be a JSON object; nothing came.",
        ),
        ({"schedules": [{"hour": "1"}]}, "'properties.schedules[0].hour' must be a whole number; text came."),
        ({"secrets": {"key": []}}, "'properties.secrets.key' must be text; a list came."),
        ({"about": "x"}, "'properties.about' must be a JSON object; text came."),
    ],
)
def test_a_types_own_shape_says_which_field_is_wrong(properties: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AzureError) as refused:
        require_shape(properties, SHAPE, "properties")
    assert sentence in refused.value.message


def test_null_and_what_is_not_named_may_be_anything() -> None:
    require_shape({"size": None, "secrets": {"key": None}, "other": [1, {}]}, SHAPE, "properties")

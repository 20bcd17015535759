from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.shapes import require_shapes


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

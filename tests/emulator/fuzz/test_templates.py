"""ARM templates: any sections, any expressions."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator import Cloud

from .judging import judge
from .values import TRIES, VALUES

FIELDS = ["type", "name", "location", "properties", "dependsOn", "copy", "condition", "value", "defaultValue"]
NAMES = [
    "concat",
    "parameters",
    "variables",
    "resourceId",
    "reference",
    "uniqueString",
    "substring",
    "format",
    "if",
]
TOKENS = st.sampled_from([*NAMES, "(", ")", ",", "'a'", "'", ".b", "[0]", "1", "-1", " ", "9" * 30, "é"])
EXPRESSIONS = st.lists(TOKENS, max_size=12).map(lambda parts: "[" + "".join(parts) + "]")
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), EXPRESSIONS | VALUES, max_size=5)
CONTENTS = VALUES | st.lists(OBJECTS, max_size=2) | st.dictionaries(st.just("a"), OBJECTS)
SECTIONS = st.sampled_from(["parameters", "variables", "resources", "outputs"])


@TRIES
@given(
    st.dictionaries(
        SECTIONS, VALUES | st.lists(OBJECTS, max_size=2) | st.dictionaries(st.just("a"), OBJECTS)
    ),
    VALUES,
)
def test_any_template(cloud: Cloud, group_id: str, template: Any, parameters: Any) -> None:
    path = f"{group_id}/providers/Microsoft.Resources/deployments/d"
    body = {"properties": {"mode": "Incremental", "parameters": parameters, "template": template}}
    judge(cloud.request("PUT", path, body), body)
    judge(cloud.request("POST", f"{path}/validate", body), body)


@TRIES
@given(EXPRESSIONS)
def test_any_expression(cloud: Cloud, group_id: str, expression: str) -> None:
    path = f"{group_id}/providers/Microsoft.Resources/deployments/d"
    template = {
        "resources": [],
        "variables": {"a": "b"},
        "outputs": {"o": {"type": "string", "value": expression}},
    }
    judge(
        cloud.request("PUT", path, {"properties": {"mode": "Incremental", "template": template}}), expression
    )

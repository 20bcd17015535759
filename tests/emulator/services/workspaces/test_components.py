from __future__ import annotations

import re
from typing import Any

from ..ml import Workspace

SPEC = {"type": "command", "command": "echo ${{inputs.x}}", "inputs": {"x": {"type": "number"}}}


def test_sdk_registers_a_component_and_asks_for_the_default(client: Any) -> None:
    from azure.ai.ml import Input
    from azure.ai.ml.entities import CommandComponent

    component = CommandComponent(
        name="echo", version="1", command="echo ${{inputs.x}}", inputs={"x": Input(type="number")},
        environment="azureml:AzureML-sklearn-1.5:1",
    )  # fmt: skip
    client.components.create_or_update(component)
    assert client.components.get("echo").command == "echo ${{inputs.x}}"
    assert [one.name for one in client.components.list()] == ["echo"]


def test_what_it_does_is_fixed_what_it_is_called_is_not(workspace: Workspace) -> None:
    workspace.put("components/c/versions/1", {"componentSpec": SPEC})
    workspace.put("components/c/versions/1", {"componentSpec": SPEC | {"display_name": "Echo"}})
    _, _, message = workspace.refusal(
        "PUT", "components/c/versions/1", {"componentSpec": SPEC | {"command": "rm"}}
    )
    assert "c:1" in message and "component spec cannot be changed" in message


def test_versions_nobody_named_are_called_by_the_moment(workspace: Workspace) -> None:
    workspace.put("components/c/versions/1", {"componentSpec": SPEC})
    following = workspace.get("components/c")["properties"]["nextVersion"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-\d{7}", following)


def test_the_default_is_the_latest(workspace: Workspace) -> None:
    workspace.put("components/c/versions/1", {"componentSpec": SPEC})
    workspace.put("components/c/versions/2", {"componentSpec": SPEC | {"command": "date"}})
    found = workspace.get("components/c/versions/azureml_default")
    assert found["name"] == "2" and found["id"].endswith("/components/c/labels/default")


def test_a_specification_is_required(workspace: Workspace) -> None:
    assert "'componentSpec' is required" in workspace.refusal("PUT", "components/c/versions/1", {})[2]

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm.template import Template

NETWORK = {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-01-01", "location": "eastus"}


@pytest.fixture
def here(model: Cloud) -> str:
    model.add_group("rg")
    return f"/subscriptions/{model.identity.subscription_id}/resourceGroups/rg"


def template(model: Cloud, here: str, body: Any, parameters: Any = None) -> Template:
    context = model.context(f"{here}/providers/Microsoft.Resources/deployments/d", method="PUT")
    return Template(body, parameters or {}, context)


def test_parameters_variables_and_outputs(model: Cloud, here: str) -> None:
    made = template(
        model,
        here,
        {
            "parameters": {
                "name": {"type": "string"},
                "tail": {"type": "string", "defaultValue": "[toLower('X')]"},
            },
            "variables": {"full": "[concat(parameters('NAME'), '-', parameters('tail'))]"},
            "resources": [
                {**NETWORK, "name": "[variables('full')]", "tags": {"group": "[resourceGroup().name]"}}
            ],
            "outputs": {
                "id": {"type": "string", "value": "[resourceId('Microsoft.Network/virtualNetworks', 'n-x')]"}
            },
        },
        {"Name": {"value": "n"}},
    )
    (one,) = made.plan()
    assert one.id == f"{here}/providers/Microsoft.Network/virtualNetworks/n-x"
    assert one.body == {"location": "eastus", "tags": {"group": "rg"}}
    assert made.outputs()["id"]["value"] == one.id


def test_nested_resources_come_after_the_outer_and_false_conditions_not_at_all(
    model: Cloud, here: str
) -> None:
    resources = [
        {**NETWORK, "name": "n", "resources": [{"type": "subnets", "name": "s", "apiVersion": "1"}]},
        {**NETWORK, "name": "off", "condition": "[equals(1, 2)]"},
    ]
    ids = [one.id.removeprefix(here) for one in template(model, here, {"resources": resources}).plan()]
    assert ids == [
        "/providers/Microsoft.Network/virtualNetworks/n",
        "/providers/Microsoft.Network/virtualNetworks/n/subnets/s",
    ]


def test_a_missing_and_an_unknown_parameter_are_named(model: Cloud, here: str) -> None:
    with pytest.raises(AzureError, match="template parameter 'a' is not provided"):
        template(model, here, {"parameters": {"a": {"type": "string"}}})
    with pytest.raises(AzureError, match="template parameters 'b' in the parameters file are not valid"):
        template(model, here, {"parameters": {}}, {"b": {"value": 1}})


def test_secure_parameters_are_known_by_their_type(model: Cloud, here: str) -> None:
    made = template(model, here, {"parameters": {"Key": {"type": "secureString", "defaultValue": ""}}})
    assert made.is_secure("key")
    assert not made.is_secure("other")


@pytest.mark.parametrize(
    "body",
    [
        {"parameters": []},
        {"parameters": {"a": 1}},
        {"variables": "x"},
        {"resources": 5},
        {"resources": [5]},
        {"resources": [{}]},
        {"resources": [{**NETWORK, "name": 5}]},
        {"resources": [{**NETWORK, "name": "a/b"}]},
        {"resources": [{**NETWORK, "name": "n", "dependsOn": "n"}]},
        {
            "resources": [
                {**NETWORK, "name": "n", "resources": {}},
                {**NETWORK, "name": "n", "resources": "x"},
            ]
        },
        {"resources": [{"type": "Microsoft.Resources/deployments", "name": "n", "properties": [1]}]},
        {
            "resources": [
                {"type": "Microsoft.Resources/deployments", "name": "n", "properties": {"template": 1}}
            ]
        },
        {"resources": [{**NETWORK, "name": f"n{number}"} for number in range(801)]},
        {"resources": [{**NETWORK, "name": "n"}, {**NETWORK, "name": "N"}]},
        {"outputs": {"a": 1}},
        {"outputs": {"a": {"value": "[resourceId('no-slash')]"}}},
        {"outputs": {"a": {"value": "[reference('/none')]"}}},
        {"outputs": {"a": {"value": "[listKeys(5)]"}}},
        {"outputs": {"a": {"value": "[variables('none')]"}}},
    ],
    ids=lambda body: str(body)[:40],
)
def test_what_is_no_template_is_refused(model: Cloud, here: str, body: Any) -> None:
    with pytest.raises(AzureError) as refused:
        made = template(model, here, body)
        made.plan()
        made.outputs()
    assert refused.value.status == 400


def test_variables_that_lead_to_themselves_or_double_for_ever_are_refused(model: Cloud, here: str) -> None:
    circle = {"variables": {"a": "[variables('a')]"}, "outputs": {"o": {"value": "[variables('a')]"}}}
    doubling = {"v0": "x" * 10} | {
        f"v{one}": f"[concat(variables('v{one - 1}'), variables('v{one - 1}'))]" for one in range(1, 60)
    }
    for body in (circle, {"variables": doubling, "outputs": {"o": {"value": "[variables('v59')]"}}}):
        with pytest.raises(AzureError):
            template(model, here, body).outputs()

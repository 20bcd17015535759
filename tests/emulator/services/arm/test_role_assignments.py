"""Role assignments, made and removed by azure-mgmt-authorization, with effect."""

from __future__ import annotations

import uuid

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.identity import DefaultAzureCredential
from azure.mgmt.authorization import AuthorizationManagementClient

from course_runtime.emulator import Cloud
from course_runtime.emulator.kernel.roles import BY_NAME

ML = "Microsoft.MachineLearningServices/workspaces"


@pytest.fixture
def client(signed_in: Cloud) -> AuthorizationManagementClient:
    return AuthorizationManagementClient(DefaultAzureCredential(), signed_in.access.subscription_id)


@pytest.fixture
def colleague(signed_in: Cloud) -> str:
    signed_in.add_principal(
        object_id="55555555-5555-5555-5555-555555555555", name="colleague@workshop.example"
    )
    return "55555555-5555-5555-5555-555555555555"


def assign(client: AuthorizationManagementClient, scope: str, who: str, role: str, name: str = "") -> str:
    definitions = client.role_definitions.list(scope, filter=f"roleName eq '{role}'")
    (definition,) = definitions
    parameters = {"properties": {"principalId": who, "roleDefinitionId": definition.id}}
    made = client.role_assignments.create(scope, name or str(uuid.uuid4()), parameters)  # type: ignore[call-overload]
    return str(made.name)


def status(cloud: Cloud, who: str, method: str, path: str, body: object = None) -> int:
    return cloud.request(method, path, body, token=cloud.token(who)).status


def test_a_role_has_effect_as_long_as_it_is_assigned(
    client: AuthorizationManagementClient, signed_in: Cloud, colleague: str, group_id: str
) -> None:
    refused = signed_in.request("GET", group_id, token=signed_in.token(colleague)).body["error"]["message"]
    assert "The client 'colleague@workshop.example' with object id '55555555-" in refused
    assert "perform action 'Microsoft.Resources/subscriptions/resourceGroups/read'" in refused
    name = assign(client, group_id, colleague, "Reader")
    assert status(signed_in, colleague, "GET", group_id) == 200
    assert status(signed_in, colleague, "PUT", group_id, {"location": "eastus"}) == 403
    client.role_assignments.delete(group_id, name)
    assert status(signed_in, colleague, "GET", group_id) == 403


def test_lists_by_scope_and_by_holder(
    client: AuthorizationManagementClient, signed_in: Cloud, colleague: str, group_id: str
) -> None:
    subscription = f"/subscriptions/{signed_in.access.subscription_id}"
    mine = assign(client, group_id, colleague, "Reader")
    wide = assign(client, subscription, colleague, "AcrPull")
    by_holder = client.role_assignments.list_for_scope(group_id, filter=f"principalId eq '{colleague}'")
    assert {one.name for one in by_holder} == {mine, wide}
    assigned = client.role_assignments.list_for_scope(subscription, filter=f"assignedTo('{colleague}')")
    assert {one.name for one in assigned} == {mine, wide}
    at_scope = {one.name for one in client.role_assignments.list_for_scope(subscription, filter="atScope()")}
    assert wide in at_scope and mine not in at_scope
    assert client.role_assignments.get(group_id, mine).principal_id == colleague


def test_the_same_role_twice_and_unknown_ones_are_refused(
    client: AuthorizationManagementClient, colleague: str, group_id: str
) -> None:
    name = assign(client, group_id, colleague, "Reader")
    with pytest.raises(ResourceExistsError, match=name.replace("-", "")):
        assign(client, group_id, colleague, "Reader")
    with pytest.raises(HttpResponseError, match="PrincipalNotFound"):
        assign(client, group_id, str(uuid.uuid4()), "Reader")
    with pytest.raises(HttpResponseError, match="form of a GUID"):
        assign(client, group_id, colleague, "AcrPull", name="mine")


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"principalId": {}},
        {"principalId": [], "roleDefinitionId": {}},
        {"principalId": 1, "roleDefinitionId": 2},
    ],
)
def test_a_request_that_names_neither_is_refused(cloud: Cloud, group_id: str, properties: object) -> None:
    path = f"{group_id}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"
    answer = cloud.request("PUT", path, {"properties": properties})
    assert (answer.status, answer.body["error"]["code"]) == (400, "InvalidCreateRoleAssignmentRequest")


MATRIX = {
    "Reader": {"read": 200, "write": 403, "compute": 403, "keys": 403},
    "Contributor": {"read": 200, "write": 200, "compute": 201, "keys": 200},
    "AzureML Data Scientist": {"read": 200, "write": 403, "compute": 403, "keys": 403},
    "AzureML Compute Operator": {"read": 403, "write": 403, "compute": 201, "keys": 403},
}


@pytest.mark.parametrize("role", MATRIX)
def test_what_a_role_may_do_in_a_workspace(
    signed_in: Cloud, client: AuthorizationManagementClient, colleague: str, group_id: str, role: str
) -> None:
    workspace = signed_in.add_workspace("rg", "mine")
    assign(client, workspace, colleague, role)
    body = signed_in.request("GET", workspace).body
    cluster = {
        "location": "eastus",
        "properties": {
            "computeType": "AmlCompute",
            "properties": {"vmSize": "Standard_DS3_v2", "scaleSettings": {"maxNodeCount": 1}},
        },
    }
    assert {
        "read": status(signed_in, colleague, "GET", workspace),
        "write": status(signed_in, colleague, "PUT", workspace, body),
        "compute": status(signed_in, colleague, "PUT", f"{workspace}/computes/cpu", cluster),
        "keys": status(signed_in, colleague, "POST", f"{workspace}/listKeys"),
    } == MATRIX[role]


def test_nobody_gives_away_what_they_may_not(signed_in: Cloud, colleague: str, group_id: str) -> None:
    contributor = BY_NAME["contributor"].id
    signed_in.request(
        "PUT",
        f"{group_id}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}",
        {"properties": {"principalId": colleague, "roleDefinitionId": f"/x/{contributor}"}},
    )
    path = f"{group_id}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"
    owner = {"properties": {"principalId": colleague, "roleDefinitionId": f"/x/{BY_NAME['owner'].id}"}}
    answer = signed_in.request("PUT", path, owner, token=signed_in.token(colleague))
    assert answer.status == 403
    assert "Microsoft.Authorization/roleAssignments/write" in answer.body["error"]["message"]


def test_own_roles_cannot_be_made_and_it_says_so(cloud: Cloud) -> None:
    subscription = f"/subscriptions/{cloud.access.subscription_id}"
    path = f"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{uuid.uuid4()}"
    answer = cloud.request("PUT", path, {"properties": {"roleName": "mine"}})
    assert answer.status == 400
    assert "built-in roles only" in answer.body["error"]["message"]

"""Microsoft.Authorization: role assignments, which have effect, and the built-in role definitions."""

from __future__ import annotations

import re

from course_runtime.emulator.kernel.access import ROLE_ASSIGNMENTS, outwards
from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, invalid_request
from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.kernel.roles import BUILT_IN, Role, role_of
from course_runtime.emulator.store.resources import Stored

FILTERS = re.compile(r"(principalId|assignedTo|roleName|type)\s*(?:eq\s*|\()'([^']*)'\)?", re.IGNORECASE)


class RoleAssignments(Resource):
    type = ROLE_ASSIGNMENTS
    name_pattern = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    name_rule = "the form of a GUID"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        principal_id, definition = properties.get("principalId"), properties.get("roleDefinitionId")
        both = isinstance(principal_id, str) and isinstance(definition, str) and principal_id and definition
        if not both:
            raise AzureError(
                400,
                "InvalidCreateRoleAssignmentRequest",
                "The request to create role assignment is not valid: "
                "'principalId' and 'roleDefinitionId' are both needed.",
            )
        if role_of(str(definition)) is None:
            raise AzureError(
                404,
                "RoleDefinitionDoesNotExist",
                f"The specified role definition with ID '{definition}' does not exist.",
            )
        if existing is not None:
            self._require_same(existing, str(principal_id), str(definition))
            return
        self._require_principal(str(principal_id), context)
        self._require_new(str(principal_id), str(definition), context)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        role = role_of(properties["roleDefinitionId"])
        assert role is not None
        principal = context.cloud.principals.get(properties["principalId"])
        properties["roleDefinitionId"] = definition_id(role, context)
        properties["scope"] = context.path.scope
        properties["principalType"] = principal.kind if principal else properties.get("principalType", "User")
        now = context.cloud.clock.timestamp()
        properties |= {"createdOn": now, "updatedOn": now, "createdBy": context.principal.object_id}

    def list(self, context: Context) -> Reply:
        """Those at the scope and around it; without `atScope()` also those further in."""
        scope = context.path.scope
        self.require("read", context, scope)
        text = context.query.get("$filter", "")
        found = [
            one for outer in outwards(scope) for one in context.cloud.resources.children(outer, self.type)
        ]
        if "atscope()" not in text.lower():
            inner = context.cloud.resources.below(scope)
            seen = {one.id for one in found}
            found += [one for one in inner if one.body["type"] == self.type and one.id not in seen]
        wanted = {key.lower(): value.lower() for key, value in FILTERS.findall(text)}
        holder = wanted.get("principalid") or wanted.get("assignedto")
        shown = [one for one in found if holder in (None, one.properties["principalId"].lower())]
        return Reply(200, {"value": [one.body for one in shown]})

    def _require_same(self, existing: Stored, principal_id: str, definition: str) -> None:
        """The same request again is fine; another one under the same name is not."""
        same_holder = existing.properties["principalId"].lower() == principal_id.lower()
        if not same_holder or role_of(existing.properties["roleDefinitionId"]) is not role_of(definition):
            raise AzureError(
                400,
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
            )

    def _require_principal(self, principal_id: str, context: Context) -> None:
        if context.cloud.principals.get(principal_id) is None and not context.cloud.open_to_all:
            raise AzureError(
                400,
                "PrincipalNotFound",
                f"Principal {principal_id.replace('-', '')} does not exist in the directory "
                f"{context.cloud.identity.tenant_id}. Check that you have the correct principal ID. If you are "
                "creating this principal and then immediately assigning a role, this error might be related to a "
                "replication delay. In this case, set the role assignment principalType property to a value, such "
                "as ServicePrincipal, User, or Group.",
            )

    def _require_new(self, principal_id: str, definition: str, context: Context) -> None:
        for one in context.cloud.resources.children(context.path.scope, self.type):
            same_holder = one.properties["principalId"].lower() == principal_id.lower()
            if same_holder and role_of(one.properties["roleDefinitionId"]) is role_of(definition):
                raise AzureError(
                    409,
                    "RoleAssignmentExists",
                    "The role assignment already exists. The ID of the existing role assignment is "
                    f"{one.name.replace('-', '')}.",
                )


class RoleDefinitions(Resource):
    """The built-in roles; own ones cannot be made here."""

    type = "Microsoft.Authorization/roleDefinitions"

    def get(self, context: Context) -> Reply:
        role = role_of(context.path.name)
        if role is None:
            raise AzureError(
                404,
                "RoleDefinitionDoesNotExist",
                f"The specified role definition with ID '{context.path.name}' does not exist.",
            )
        return Reply(200, _definition(role, context))

    def list(self, context: Context) -> Reply:
        wanted = {
            key.lower(): value.lower() for key, value in FILTERS.findall(context.query.get("$filter", ""))
        }
        name = wanted.get("rolename")
        return Reply(
            200,
            {"value": [_definition(role, context) for role in BUILT_IN if name in (None, role.name.lower())]},
        )

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        raise invalid_request(
            "The workshop's Azure has the built-in roles only; a custom role cannot be made here."
        )


def definition_id(role: Role, context: Context) -> str:
    return f"/subscriptions/{context.path.subscription}/providers/{RoleDefinitions.type}/{role.id}"


def _definition(role: Role, context: Context) -> Body:
    permissions = {
        "actions": [*role.actions],
        "notActions": [*role.not_actions],
        "dataActions": [*role.data_actions],
        "notDataActions": [],
    }
    return {
        "id": definition_id(role, context)
        if context.path.subscription
        else f"/providers/{RoleDefinitions.type}/{role.id}",
        "name": role.id,
        "type": RoleDefinitions.type,
        "properties": {
            "roleName": role.name,
            "type": "BuiltInRole",
            "description": role.description,
            "assignableScopes": ["/"],
            "permissions": [permissions],
        },
    }

"""Role checks: is this principal assigned a role, here or further out, that allows the action?"""

from __future__ import annotations

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.kernel.roles import Role, role_of
from course_runtime.emulator.store.resources import ResourceStore

ROLE_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"


class Access:
    def __init__(self, resources: ResourceStore) -> None:
        self._resources = resources

    def require(self, principal: Principal, action: str, scope: str) -> None:
        """Raise Azure's 403 unless some role of the principal allows the action at the scope."""
        if not self.allows(principal, action, scope):
            raise _forbidden(principal, action, scope)

    def require_data(self, principal: Principal, action: str, scope: str) -> None:
        """The same for the data planes (blobs, secrets), which have actions of their own."""
        if not self.allows_data(principal, action, scope):
            raise _forbidden(principal, action, scope)

    def allows(self, principal: Principal, action: str, scope: str) -> bool:
        return principal.trusted or any(role.allows(action) for role in self.roles_of(principal, scope))

    def allows_data(self, principal: Principal, action: str, scope: str) -> bool:
        return principal.trusted or any(role.allows_data(action) for role in self.roles_of(principal, scope))

    def sees(self, principal: Principal, subscription: str) -> bool:
        """A subscription is seen by who holds any role in it, however deep."""
        if principal.trusted or self.roles_of(principal, subscription):
            return True
        inside = self._resources.in_subscription(subscription.rsplit("/", 1)[-1], ROLE_ASSIGNMENTS)
        return any(one.properties["principalId"].lower() == principal.object_id.lower() for one in inside)

    def roles_of(self, principal: Principal, scope: str) -> list[Role]:
        """The roles assigned at the scope and at every scope around it."""
        holder = principal.object_id.lower()
        assigned = self._resources.children_of_any(outwards(scope), ROLE_ASSIGNMENTS)
        held = [one.properties for one in assigned if one.properties["principalId"].lower() == holder]
        return [role for one in held if (role := role_of(one["roleDefinitionId"]))]


def outwards(scope: str) -> list[str]:
    """`/subscriptions/s/resourceGroups/g/...` and each id that contains it, the subscription last."""
    parts = scope.strip("/").split("/")
    return ["/" + "/".join(parts[:length]) for length in range(len(parts), 1, -1)]


def _forbidden(principal: Principal, action: str, scope: str) -> AzureError:
    return AzureError(
        403,
        "AuthorizationFailed",
        f"The client '{principal.name}' with object id '{principal.object_id}' does not have authorization to "
        f"perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, "
        "please refresh your credentials.",
    )

"""A vault by its host name, and who may do what with its secrets."""

from __future__ import annotations

from dataclasses import dataclass

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.keyvault.errors import VaultError, vault_not_found
from course_runtime.emulator.store.resources import Stored

TYPE = "Microsoft.KeyVault/vaults"
SECRETS = f"{TYPE}/secrets"


@dataclass(frozen=True)
class Right:
    """One right under its two names: an action of a role, and a word of an access policy."""

    action: str
    word: str


GET = Right(f"{SECRETS}/getSecret/action", "get")
LIST = Right(f"{SECRETS}/readMetadata/action", "list")
SET = Right(f"{SECRETS}/setSecret/action", "set")
UPDATE = Right(f"{SECRETS}/update/action", "set")
DELETE = Right(f"{SECRETS}/delete", "delete")
RECOVER = Right(f"{SECRETS}/recover/action", "recover")
PURGE = Right(f"{SECRETS}/purge/action", "purge")


@dataclass(frozen=True)
class Vault:
    cloud: Cloud
    resource: Stored

    @property
    def name(self) -> str:
        return self.resource.name

    @property
    def url(self) -> str:
        return str(self.resource.properties["vaultUri"]).rstrip("/")

    @property
    def kind(self) -> str:
        """What its secrets are kept under; a new vault of an old name starts empty."""
        return f"secret/{self.resource.sequence}"

    @property
    def days_recoverable(self) -> int:
        return int(self.resource.properties.get("softDeleteRetentionInDays") or 90)

    @property
    def keeps_deleted(self) -> bool:
        """Purge protection: nothing deleted goes before its time."""
        return self.resource.properties.get("enablePurgeProtection") is True

    def require(self, principal: Principal, right: Right, secret: str = "") -> None:
        """By role, unless the vault says that access policies count."""
        if principal.trusted:
            return
        if self.resource.properties.get("enableRbacAuthorization") is False:
            self._require_policy(principal, right)
            return
        scope = f"{self.resource.id}/secrets/{secret}" if secret else self.resource.id
        if not self.cloud.access.allows_data(principal, right.action, scope):
            raise self._forbidden_by_role(principal, right, scope)

    def _require_policy(self, principal: Principal, right: Right) -> None:
        for policy in self.resource.properties.get("accessPolicies") or []:
            words = {word.lower() for word in (policy.get("permissions") or {}).get("secrets") or []}
            if policy.get("objectId") == principal.object_id and {right.word, "all"} & words:
                return
        raise VaultError(
            403,
            "Forbidden",
            f"The user, group or application '{self._caller(principal)}' does not have secrets {right.word} "
            f"permission on key vault '{self.name};location={self.resource.body['location']}'. For help resolving "
            "this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287",
            "AccessDenied",
        )

    def _forbidden_by_role(self, principal: Principal, right: Right, scope: str) -> VaultError:
        lines = (
            "Caller is not authorized to perform action on resource.",
            "If role assignments, deny assignments or role definitions were changed recently, please observe "
            "propagation time.",
            f"Caller: {self._caller(principal)}",
            f"Action: '{right.action}'",
            f"Resource: '{scope.lower()}'",
            "Assignment: (not found)",
            "DenyAssignmentId: null",
            "DecisionReason: null ",
            f"Vault: {self.name};location={self.resource.body['location']}",
            "",
        )
        return VaultError(403, "Forbidden", "\r\n".join(lines), "ForbiddenByRbac")

    def _caller(self, principal: Principal) -> str:
        issuer = f"https://sts.windows.net/{self.cloud.identity.tenant_id}/"
        return f"appid={principal.app_id};oid={principal.object_id};iss={issuer}"


def vault_of(cloud: Cloud, host: str) -> Vault:
    name = host.split(".", 1)[0]
    stored = cloud.resources.named(TYPE, name)
    if stored is None:
        raise vault_not_found(name)
    return Vault(cloud, stored)

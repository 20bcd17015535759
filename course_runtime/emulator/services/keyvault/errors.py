"""Key Vault's refusals, in its own words."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.errors import AzureError


class VaultError(AzureError):
    """A refusal with the inner code that tells what really was wrong."""

    def __init__(
        self, status: int, code: str, message: str, inner: str = "", *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, code, message, headers=headers)
        self.inner = inner

    def envelope(self) -> dict[str, Any]:
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        return {"error": error | ({"innererror": {"code": self.inner}} if self.inner else {})}


def secret_not_found(name: str) -> VaultError:
    return VaultError(
        404,
        "SecretNotFound",
        f"A secret with (name/id) {name} was not found in this key vault. If you recently deleted this secret you "
        "may be able to recover it using the correct recovery command. For help resolving this issue, please see "
        "https://go.microsoft.com/fwlink/?linkid=2125182",
    )


def deleted_secret_not_found(name: str) -> VaultError:
    return VaultError(404, "SecretNotFound", f"Deleted Secret not found: {name}")


def secret_disabled(operation: str) -> VaultError:
    return VaultError(
        403, "Forbidden", f"Operation {operation} is not allowed on a disabled secret.", "SecretDisabled"
    )


def name_in_deleted_state(name: str) -> VaultError:
    return VaultError(
        409,
        "Conflict",
        f"Secret {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this "
        "state, the secret can only be recovered or purged.",
        "ObjectIsDeletedButRecoverable",
    )


def bad_parameter(message: str) -> VaultError:
    return VaultError(400, "BadParameter", message)


def vault_not_found(name: str) -> VaultError:
    return VaultError(
        404,
        "VaultNotFound",
        f"There is no key vault '{name}' in this cloud, so its name does not lead anywhere. Check the vault's name, "
        "or create the vault first.",
    )

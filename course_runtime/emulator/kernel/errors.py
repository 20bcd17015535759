"""Azure's error envelope, and the refusals that every service gives in the same words."""

from __future__ import annotations

from typing import Any


class AzureError(Exception):
    """A refusal as Azure writes it: a status, a code and a message in the envelope `{"error": ...}`."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"({code}) {message}")
        self.status = status
        self.code = code
        self.message = message
        self.details = details or []
        self.headers = headers or {}

    def envelope(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message, "details": self.details}}


def not_implemented(operation: str) -> AzureError:
    return AzureError(
        501,
        "NotImplementedByEmulator",
        f"The workshop's Azure does not do '{operation}' yet. Nothing was changed. "
        "`workshop emulator coverage` lists what it does.",
    )


def resource_not_found(type_name: str, name: str, group: str) -> AzureError:
    return AzureError(
        404,
        "ResourceNotFound",
        f"The Resource '{type_name}/{name}' under resource group '{group}' was not found. "
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    )


def resource_group_not_found(group: str) -> AzureError:
    return AzureError(404, "ResourceGroupNotFound", f"Resource group '{group}' could not be found.")


def subscription_not_found(subscription: str) -> AzureError:
    return AzureError(404, "SubscriptionNotFound", f"The subscription '{subscription}' could not be found.")


def invalid_subscription_id(subscription: str) -> AzureError:
    return AzureError(
        400,
        "InvalidSubscriptionId",
        f"The provided subscription identifier '{subscription}' is malformed or invalid.",
    )


def user_error(message: str) -> AzureError:
    """What was sent is understood, and wrong: Azure ML's own word for it."""
    return AzureError(400, "UserError", message)


def bad_request(message: str) -> AzureError:
    return AzureError(400, "BadRequest", message)


def invalid_request(message: str) -> AzureError:
    return AzureError(400, "InvalidRequestContent", message)


def method_not_allowed(method: str, path: str) -> AzureError:
    return AzureError(405, "MethodNotAllowed", f"The method '{method}' is not allowed on '{path}'.")

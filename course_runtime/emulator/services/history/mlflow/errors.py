"""Refusals as MLflow's clients read them: an `error_code`, with Azure's own envelope beside it."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.errors import AzureError

CODES = {
    400: "INVALID_PARAMETER_VALUE",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "RESOURCE_DOES_NOT_EXIST",
    409: "RESOURCE_ALREADY_EXISTS",
    413: "INVALID_PARAMETER_VALUE",
    501: "NOT_IMPLEMENTED",
}


class MlflowError(AzureError):
    """A refusal in the shape of Azure's MLflow service."""

    def envelope(self) -> dict[str, Any]:
        return {
            "error_code": CODES.get(self.status, "INTERNAL_ERROR"),
            "message": self.message,
            "Error": {"Code": self.code, "Severity": None, "Message": self.message, "InnerError": None},
            "ComponentName": "mlflow",
        }


def as_mlflow(error: AzureError) -> MlflowError:
    return MlflowError(
        error.status, error.code, error.message, details=error.details, headers=dict(error.headers)
    )


def invalid(message: str) -> MlflowError:
    return MlflowError(400, "ValidationError", message)


def missing(what: str) -> MlflowError:
    return MlflowError(404, "UserError", f"{what} was not found.")


def exists(what: str) -> MlflowError:
    return MlflowError(409, "UserError", f"{what} already exists.")

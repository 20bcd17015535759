"""What the scoring front says when it is not the model that answers: plain text, a reason, and Azure's guide."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response

GUIDE = (
    "Please check this guide to understand why this error code might have been returned\n"
    "https://docs.microsoft.com/en-us/azure/machine-learning/how-to-troubleshoot-online-endpoints#http-status-codes\n"
)


class Refused(Exception):
    """The request goes to no model."""

    def __init__(
        self, status: int, reason: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.headers = dict(headers or {})

    def response(self) -> Response:
        headers = {"ms-azureml-model-error-reason": self.reason} | self.headers
        return PlainTextResponse(f"{self.reason}\n{self.message}\n{GUIDE}", self.status, headers)

"""An online endpoint as a grader sees it: what it answers, and which deployment answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_runtime.emulator import Cloud

DEPLOYMENT = "azureml-model-deployment"


@dataclass(frozen=True)
class Scored:
    status: int
    body: Any
    deployment: str
    """Empty where none answered."""


class Endpoint:
    """Asks as the cloud's master: no key is needed, and nothing of it is in the log."""

    def __init__(self, cloud: Cloud, region: str, name: str) -> None:
        self._cloud = cloud
        self.host = f"{name}.{region}.inference.ml.azure.com"

    @property
    def url(self) -> str:
        return f"https://{self.host}/score"

    def score(self, body: Any, deployment: str = "") -> Scored:
        """`body`: bytes are sent as they are, everything else as JSON; the traffic decides where none is named."""
        return self._ask("POST", "/score", deployment, body)

    def swagger(self, deployment: str = "") -> Scored:
        """What a deployment says that it takes and answers: an OpenAPI document."""
        return self._ask("GET", "/swagger.json", deployment)

    def _ask(self, method: str, path: str, deployment: str, body: Any = None) -> Scored:
        headers = {DEPLOYMENT: deployment} if deployment else {}
        answer = self._cloud.request(method, path, body, host=self.host, headers=headers)
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Scored(answer.status, answer.body, found.get(DEPLOYMENT, ""))

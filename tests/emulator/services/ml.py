"""What the tests of workspaces and registries share: an SDK client, and REST in short."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from course_runtime.emulator import Cloud

DS3 = "Standard_DS3_v2"


@dataclass(frozen=True)
class Workspace:
    """A workspace seen over REST, by its master or with somebody's token."""

    cloud: Cloud
    id: str
    token: str | None = None

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer; refusals included."""
        return self.cloud.request(method, f"{self.id}/{path}", body, token=self.token)

    def put(self, path: str, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
        answer = self.call("PUT", path, {"properties": properties, **more})
        assert answer.status in (200, 201), answer.body
        return dict(answer.body)

    def get(self, path: str) -> dict[str, Any]:
        answer = self.call("GET", path)
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def names(self, path: str) -> list[str]:
        return [one["name"] for one in self.get(path)["value"]]

    def refusal(
        self, method: str, path: str, properties: dict[str, Any] | None = None, **more: Any
    ) -> tuple[int, str, str]:
        """Status, code and message of a request that must be refused."""
        body = {"properties": properties, **more} if properties is not None else (more or None)
        answer = self.call(method, path, body)
        assert answer.status >= 400, answer.body
        return answer.status, answer.body["error"]["code"], answer.body["error"]["message"]

    def add_cluster(self, name: str = "cpu-cluster", **changes: Any) -> dict[str, Any]:
        return self.put(f"computes/{name}", cluster(**changes))

    def add_instance(self, name: str = "my-instance", **changes: Any) -> dict[str, Any]:
        inner = {"vmSize": "Standard_DS2_v2", **changes}
        return self.put(f"computes/{name}", {"computeType": "ComputeInstance", "properties": inner})


def cluster(size: str = DS3, least: int = 0, most: int = 2, **inner: Any) -> dict[str, Any]:
    scale = {"minNodeCount": least, "maxNodeCount": most, "nodeIdleTimeBeforeScaleDown": "PT120S"}
    return {"computeType": "AmlCompute", "properties": {"vmSize": size, "scaleSettings": scale, **inner}}


def ml_client(workspace: str = "ws") -> Any:
    """The real SDK, led by the environment."""
    from azure.ai.ml import MLClient
    from azure.identity import EnvironmentCredential

    return MLClient(EnvironmentCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], "rg", workspace)


def registry_client(name: str) -> Any:
    from azure.ai.ml import MLClient
    from azure.identity import EnvironmentCredential

    return MLClient(EnvironmentCredential(), registry_name=name)

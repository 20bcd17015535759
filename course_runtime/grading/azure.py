"""Azure as a grader sees it: what is in the cloud, who asked for what, faults and the clock.

Reads are ordinary REST reads, the same in the emulator and in a live workspace.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from course_runtime.emulator import Cloud
from course_runtime.grading.endpoint import Endpoint
from course_runtime.grading.runs import Runs
from course_runtime.grading.storage import Storage
from course_runtime.grading.vault import Vault

API_VERSION = "2024-10-01"
ML = "Microsoft.MachineLearningServices"
AUTHORIZATION = "Microsoft.Authorization"


@dataclass(frozen=True)
class Principal:
    """Somebody in the tenant."""

    object_id: str
    name: str
    client_id: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Request:
    """One line of the request log."""

    number: int
    method: str
    host: str
    path: str
    status: int
    principal: str


class Azure:
    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._tokens: dict[str, str] = {}
        self._has_faults = False

    @property
    def subscription(self) -> str:
        return self._cloud.access.subscription_id

    @property
    def tenant(self) -> str:
        return self._cloud.access.tenant_id

    @property
    def student(self) -> Principal:
        """The service principal whose secret is in the student's environment."""
        access = self._cloud.access
        return Principal(access.object_id, "workshop-student", access.client_id, access.client_secret)

    # Ids ------------------------------------------------------------------------------------------

    def group_id(self, group: str) -> str:
        return f"/subscriptions/{self.subscription}/resourceGroups/{group}"

    def workspace_id(self, group: str, workspace: str) -> str:
        return f"{self.group_id(group)}/providers/{ML}/workspaces/{workspace}"

    # State ----------------------------------------------------------------------------------------

    def get(self, resource_id: str) -> dict[str, Any] | None:
        """A resource as Resource Manager shows it, None when it is not there."""
        answer = self._cloud.request("GET", f"{resource_id}?api-version={API_VERSION}")
        if answer.status == 404:
            return None
        return self._body("GET", resource_id, answer.status, answer.body)

    def list(self, collection_id: str) -> list[dict[str, Any]]:
        """Every resource of a collection, over all pages."""
        found: list[dict[str, Any]] = []
        path: str | None = f"{collection_id}?api-version={API_VERSION}"
        while path:
            answer = self._cloud.request("GET", path)
            page = self._body("GET", collection_id, answer.status, answer.body)
            found += page["value"]
            link = page.get("nextLink")
            path = "/" + link.split("/", 3)[3] if link else None
        return found

    def put(self, resource_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Seed the cloud before the student's code runs."""
        answer = self._cloud.request("PUT", f"{resource_id}?api-version={API_VERSION}", body)
        return self._body("PUT", resource_id, answer.status, answer.body)

    def refusal_of(self, resource_id: str, body: dict[str, Any]) -> str:
        """Azure's words when it refuses to make this; empty when it is made."""
        answer = self._cloud.request("PUT", f"{resource_id}?api-version={API_VERSION}", body)
        return str(answer.body["error"]["message"]) if answer.status >= 400 else ""

    def act(self, resource_id: str, action: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a resource answers to an action: `listKeys`, `start`; empty when there is nothing to say."""
        answer = self._cloud.request("POST", f"{resource_id}/{action}?api-version={API_VERSION}", body)
        return self._body("POST", f"{resource_id}/{action}", answer.status, answer.body or {})

    def delete(self, resource_id: str) -> None:
        self._cloud.request("DELETE", f"{resource_id}?api-version={API_VERSION}")

    def add_workspace(self, group: str, name: str, location: str = "eastus") -> str:
        """A workspace with the resources it stands on; its id."""
        return self._cloud.add_workspace(group, name, location)

    def add_cluster(self, workspace_id: str, name: str, nodes: int = 1) -> str:
        """A cluster of up to so many small machines that jobs can run on; its name."""
        scale = {"minNodeCount": 0, "maxNodeCount": nodes}
        inner = {"vmSize": "STANDARD_DS3_V2", "scaleSettings": scale}
        body = {"location": "eastus", "properties": {"computeType": "AmlCompute", "properties": inner}}
        self.put(f"{workspace_id}/computes/{name}", body)
        return name

    def storage(self, account: str) -> Storage:
        """The blobs of a storage account, by its name."""
        return Storage(self._cloud, account)

    def vault(self, name: str) -> Vault:
        """The secrets of a key vault, by its name."""
        return Vault(self._cloud, name)

    def runs(self, workspace_id: str) -> Runs:
        """What was tracked in a workspace, and how its jobs ended."""
        return Runs(self, self._cloud, workspace_id)

    def endpoint(self, name: str, region: str = "eastus") -> Endpoint:
        """What an online endpoint answers, by its name."""
        return Endpoint(self._cloud, region, name)

    def costs(self) -> dict[str, Any]:
        """What each resource has cost by the cloud's clock, and what it costs an hour now (`rate`)."""
        return self._cloud.costs()

    # People ---------------------------------------------------------------------------------------

    def add_person(self, name: str) -> Principal:
        """A user without any role."""
        object_id = str(uuid.uuid4())
        self._cloud.add_principal(object_id=object_id, name=name)
        return Principal(object_id, name)

    def add_application(self, name: str, *, managed: bool = False) -> Principal:
        """A service principal with a secret, or a managed identity; without any role."""
        object_id, client_id = str(uuid.uuid4()), str(uuid.uuid4())
        secret = "" if managed else uuid.uuid4().hex
        self._cloud.add_principal(
            object_id=object_id,
            name=name,
            kind="ServicePrincipal",
            app_id=client_id,
            secret=secret,
            managed=managed,
        )
        return Principal(object_id, name, client_id, secret)

    def give(self, principal: Principal, role: str, scope: str) -> None:
        """Assign a built-in role, by its name."""
        definitions = f"{scope}/providers/{AUTHORIZATION}/roleDefinitions"
        named = [one for one in self.list(definitions) if one["properties"]["roleName"] == role]
        if not named:
            raise RuntimeError(f"There is no built-in role '{role}'.")
        wanted = {"principalId": principal.object_id, "roleDefinitionId": named[0]["id"]}
        assignment = f"{scope}/providers/{AUTHORIZATION}/roleAssignments/{uuid.uuid4()}"
        self.put(assignment, {"properties": wanted})

    def status_for(
        self, principal: Principal, method: str, path: str, body: dict[str, Any] | None = None
    ) -> int:
        """How Azure answers a request of somebody else: 403 when their roles do not allow it."""
        if principal.object_id not in self._tokens:
            self._tokens[principal.object_id] = self._cloud.token(principal.object_id)
        token = self._tokens[principal.object_id]
        where = f"{path}?api-version={API_VERSION}"
        return self._cloud.request(method, where, body, token=token).status

    # Evidence -------------------------------------------------------------------------------------

    def mark(self) -> int:
        """A point in the request log, for `requests(since=...)`."""
        entries = self._cloud.log()
        return entries[-1]["number"] if entries else 0

    def requests(
        self, method: str = "*", path: str = "*", *, host: str = "*", since: int = 0
    ) -> Sequence[Request]:
        """The student's requests that match, oldest first. The grader's own are not among them."""
        own = ("number", "method", "host", "path", "status", "principal")
        entries = [Request(**{name: entry[name] for name in own}) for entry in self._cloud.log(since)]
        return [entry for entry in entries if _matches(entry, method, host, path)]

    def fault(self, **fault: Any) -> None:
        """The next matching requests fail: method, host, path, status, code, message, headers, times, after."""
        self._cloud.add_fault(**fault)
        self._has_faults = True

    def clear_faults(self) -> None:
        if self._has_faults:
            self._cloud.clear_faults()
            self._has_faults = False

    def advance(self, seconds: float) -> None:
        """Move the cloud's clock; what falls due happens."""
        self._cloud.advance(seconds)

    def preempt_node(self, compute_id: str) -> str:
        """Take a low-priority node away from a cluster; the name of the job that ran there, empty for none."""
        return self._cloud.preempt_node(compute_id)

    def now(self) -> float:
        """The cloud's clock, in seconds since 1970."""
        return self._cloud.now()

    def _body(self, method: str, where: str, status: int, body: Any) -> dict[str, Any]:
        if status >= 400 or not isinstance(body, dict):
            raise RuntimeError(f"{method} {where} was answered {status}: {body}")
        return body


def _matches(entry: Request, method: str, host: str, path: str) -> bool:
    return (
        fnmatchcase(entry.method, method)
        and fnmatchcase(entry.host, host)
        and fnmatchcase(entry.path.lower(), path.lower())
    )

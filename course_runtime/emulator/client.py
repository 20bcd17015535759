"""The kit's own way to the emulator: the control socket, from any process of this user.

Plain `http.client` over AF_UNIX, so that the command line does not pay for an HTTP library.
"""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from course_runtime.emulator.descriptors import hand_over
from course_runtime.emulator.environment import CloudAccess, environment
from course_runtime.emulator.places import Places

ARM = "management.azure.com"


class EmulatorUnavailable(Exception):
    """Nothing answers on the control socket."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]
    content: bytes = b""
    """The body as it came: a blob that happens to be JSON is still a blob."""


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class EmulatorClient:
    def __init__(self, places: Places, timeout: float = 60.0) -> None:
        self.places = places
        self._timeout = timeout
        self._connection: UnixConnection | None = None

    def status(self) -> dict[str, Any]:
        status: dict[str, Any] = self.call("GET", "/status").body
        return status

    def stop(self) -> None:
        self.call("POST", "/stop")

    def keep(self) -> None:
        self.call("POST", "/keep")

    def reset(self) -> None:
        self.call("POST", "/reset")

    def personal(self) -> Cloud:
        """The student's own cloud, entered through the loopback proxy."""
        status = self.status()
        return Cloud(self, "personal", CloudAccess(**status["access"]), f"http://127.0.0.1:{status['port']}")

    def create_cloud(self, role: str = "Owner") -> Cloud:
        """A new cloud of its own, entered through a door that `open_door` opens."""
        made = _accepted(self.call("POST", "/clouds", {"role": role}), "POST /clouds")
        return Cloud(self, made["id"], CloudAccess(**made["access"]), "")

    def lease(self) -> UnixConnection:
        """A connection that keeps the emulator from ending while it is open."""
        connection = UnixConnection(str(self.places.control_socket), self._timeout)
        try:
            connection.request("GET", "/lease")
            connection.getresponse().read(1)
        except OSError as error:
            raise self._unavailable(error) from None
        return connection

    def call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request; a connection that the emulator has closed meanwhile is opened again."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        for attempt in (1, 2):
            connection = self._connection or UnixConnection(str(self.places.control_socket), self._timeout)
            try:
                connection.request(method, path, data, sent)
                response = connection.getresponse()
                content = response.read()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                fresh, self._connection = self._connection is None, None
                if fresh or attempt == 2:
                    raise self._unavailable(error) from None
                continue
            self._connection = connection
            return Answer(response.status, _decoded(content), dict(response.getheaders()), content)
        raise AssertionError("unreachable")

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _unavailable(self, error: BaseException) -> EmulatorUnavailable:
        return EmulatorUnavailable(f"No emulator answers at {self.places.control_socket} ({error}).")


class Cloud:
    """One cloud, seen from the trusted side."""

    def __init__(self, client: EmulatorClient, name: str, access: CloudAccess, proxy: str) -> None:
        self._client = client
        self.name = name
        self.access = access
        self.proxy = proxy

    @property
    def trust(self) -> Path:
        """The certificates that clients of this cloud must trust.

        The public authorities are among them only where the proxy passes other hosts on: a client reads the
        file for each connection, and all of them take 14 ms.
        """
        places = self._client.places
        return places.bundle if self.name == "personal" else places.authority

    def environment(self, proxy: str | None = None) -> dict[str, str]:
        """What leads a process into this cloud."""
        return environment(self.access, proxy=proxy or self.proxy, bundle=str(self.trust))

    def open_door(self, listener: socket.socket) -> None:
        """Let clients of this listening socket in; a sandbox's network namespace does not matter."""
        hand_over(self._client.places.handover_socket, self.name, listener)

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        host: str = ARM,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Answer:
        """A REST request to the cloud: as its master, or with a token as somebody in it."""
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        where = f"/clouds/{self.name}/azure/{host}{quote(path, safe='/?&=$%')}"
        return self._client.call(method, where, body, sent)

    def log(self, since: int = 0) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self._call("GET", f"/log?since={since}")
        return entries

    def add_fault(self, **fault: Any) -> None:
        self._call("POST", "/faults", fault)

    def clear_faults(self) -> None:
        self._call("DELETE", "/faults")

    def now(self) -> float:
        return float(self._call("GET", "/clock")["now"])

    def advance(self, seconds: float) -> None:
        self._call("POST", "/clock", {"seconds": seconds})

    def preempt_node(self, compute_id: str) -> str:
        """A node is taken from the cluster; the name of the job that ran there, empty for none."""
        return str(self._call("POST", "/preemptions", {"compute": compute_id})["job"])

    def costs(self) -> dict[str, Any]:
        """What each resource has cost by the cloud's clock, and what it costs an hour now."""
        costs: dict[str, Any] = self._call("GET", "/costs")
        return costs

    def add_principal(self, **principal: Any) -> dict[str, Any]:
        made: dict[str, Any] = self._call("POST", "/principals", principal)
        return made

    def token(self, object_id: str, audience: str = "https://management.azure.com") -> str:
        return str(
            self._call("POST", "/tokens", {"object_id": object_id, "audience": audience})["access_token"]
        )

    def add_workspace(self, group: str, name: str, location: str = "eastus") -> str:
        """A workspace with everything it stands on, in a group that is there."""
        wanted = {"group": group, "name": name, "location": location}
        return str(self._call("POST", "/workspaces", wanted)["id"])

    def close(self) -> None:
        """The cloud is gone, with all that was in it."""
        if self.name != "personal":
            self._client.call("DELETE", f"/clouds/{self.name}")

    def __enter__(self) -> Cloud:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        return _accepted(self._client.call(method, f"/clouds/{self.name}{path}", body), f"{method} {path}")


def _accepted(answer: Answer, asked: str) -> Any:
    if answer.status >= 400:
        raise RuntimeError(f"The emulator refused {asked}: {answer.body}")
    return answer.body


def _decoded(content: bytes) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content

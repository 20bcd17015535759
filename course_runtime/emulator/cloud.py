"""One emulated Azure: a tenant with its subscriptions, its state, its clock, its faults and its request log.

The personal cloud lives in a file; each check gets one in memory, and nothing leads from one to another.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from course_runtime.emulator.front.faults import Faults
from course_runtime.emulator.front.request_log import RequestLog
from course_runtime.emulator.kernel.access import ROLE_ASSIGNMENTS, Access
from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.errors import invalid_subscription_id, subscription_not_found
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.principal import EMULATOR, Principal
from course_runtime.emulator.kernel.roles import BY_NAME
from course_runtime.emulator.services.history.run_store import RunStore
from course_runtime.emulator.services.login.principals import PrincipalStore
from course_runtime.emulator.store.blobs import BlobStore
from course_runtime.emulator.store.clock import Clock, Timer
from course_runtime.emulator.store.database import Database
from course_runtime.emulator.store.documents import DocumentStore
from course_runtime.emulator.store.resources import ResourceStore, Stored

if TYPE_CHECKING:
    from course_runtime.emulator.engine.engine import Engine
    from course_runtime.emulator.kernel.registry import Registry
    from course_runtime.emulator.services.login.tokens import Keyring
    from course_runtime.emulator.serving.hosting import Hosting

SUBSCRIPTION_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")


@dataclass(frozen=True)
class Identity:
    """What tells one cloud from another."""

    tenant_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    subscription_id: str = field(default_factory=lambda: str(uuid.uuid4()))


class Cloud:
    def __init__(
        self, registry: Registry, keyring: Keyring, file: Path | None = None, *, open_to_all: bool = False
    ) -> None:
        """`open_to_all`: unknown principals and foreign subscriptions come into being when first used."""
        self.registry = registry
        self.keyring = keyring
        self.open_to_all = open_to_all
        self.database = Database(file)
        self.resources = ResourceStore(self.database)
        self.documents = DocumentStore(self.database)
        self.blobs = BlobStore(self.database, file.parent / "blobs" if file else None)
        self.clock = Clock(self.database)
        self.runs = RunStore(self.database, self.clock)
        self.access = Access(self.resources)
        self.principals = PrincipalStore(self.documents)
        self.engine: Engine | None = None
        """Runs the jobs; without a server there is none, and jobs stay as they were submitted."""
        self.faults = Faults()
        self.log = RequestLog()
        self.hosting: Hosting | None = None
        self._known_subscriptions: set[str] = set()
        self.identity = self._identity()

    def _identity(self) -> Identity:
        kept = self.documents.get("cloud", "identity")
        if kept is None:
            identity = Identity()
            self.documents.put("cloud", "identity", vars(identity))
            self.add_subscription(identity.subscription_id)
            return identity
        return Identity(**kept)

    @property
    def id(self) -> str:
        return self.identity.subscription_id

    # Subscriptions and groups ---------------------------------------------------------------------

    def subscriptions(self) -> list[str]:
        return [document["id"] for document in self.documents.all("subscription")]

    def add_subscription(self, subscription: str) -> None:
        self.documents.put("subscription", subscription.lower(), {"id": subscription})
        self._known_subscriptions.add(subscription.lower())

    def require_subscription(self, subscription: str) -> None:
        key = subscription.lower()
        if key in self._known_subscriptions:
            return
        if self.documents.get("subscription", key):
            self._known_subscriptions.add(key)
            return
        if not SUBSCRIPTION_ID.fullmatch(subscription):
            raise invalid_subscription_id(subscription)
        if not self.open_to_all:
            raise subscription_not_found(subscription)
        self.add_subscription(subscription)
        for principal in self.principals.all():
            self.assign(principal, "Owner", f"/subscriptions/{subscription}")

    def open_group(self, subscription: str, group: str) -> bool:
        """Make a missing group in a foreign subscription of an open cloud; elsewhere it stays missing."""
        if not self.open_to_all or subscription.lower() == self.identity.subscription_id.lower():
            return False
        self.add_group(group, subscription=subscription)
        return True

    def add_group(self, group: str, *, location: str = "eastus", subscription: str | None = None) -> str:
        owner = subscription or self.identity.subscription_id
        return self.write(f"/subscriptions/{owner}/resourceGroups/{group}", {"location": location}).id

    # Principals and roles -------------------------------------------------------------------------

    def add_principal(self, principal: Principal) -> Principal:
        self.principals.put(principal)
        if self.open_to_all:
            for subscription in self.subscriptions():
                if subscription != self.identity.subscription_id:
                    self.assign(principal, "Owner", f"/subscriptions/{subscription}")
        return principal

    def assign(self, principal: Principal, role: str, scope: str) -> str:
        if role.lower() not in BY_NAME:
            raise ValueError(f"There is no built-in role '{role}'.")
        definition = BY_NAME[role.lower()].id
        body: dict[str, object] = {
            "properties": {
                "principalId": principal.object_id,
                "principalType": principal.kind,
                "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{definition}",
            }
        }
        return self.write(f"{scope}/providers/{ROLE_ASSIGNMENTS}/{uuid.uuid4()}", body).id

    # The emulator's own hand ----------------------------------------------------------------------

    def write(self, resource_id: str, body: dict[str, object]) -> Stored:
        """Write a resource as the service itself would: same validation and defaults, no role check."""
        context = self.context(resource_id, method="PUT")
        resource = self.registry.require(context.path.full_type)
        return resource.write(context, dict(body), self.resources.get(context.path.id))

    def context(self, resource_id: str, *, method: str = "GET") -> Context:
        return Context(self, EMULATOR, parse(resource_id), method)

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds, self._fire)

    def tick(self) -> None:
        """Let happen what has come due."""
        self.clock.fire_due(self._fire)

    def seconds_to_next_timer(self) -> float:
        due = self.clock.next_due()
        return float("inf") if due is None else due - self.clock.now()

    def _fire(self, timer: Timer) -> None:
        stored = self.resources.get(timer.subject)
        if stored is None:
            return
        context = self.context(stored.id)
        self.registry.require(context.path.full_type).timer(timer.action, stored, timer.payload, context)

    def close(self) -> None:
        if self.engine:
            self.engine.close()
        if self.hosting:
            self.hosting.close()
        self.blobs.close()
        self.database.close()

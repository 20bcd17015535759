"""The running emulator: the clouds, their doors, and the control socket. One event loop, one thread."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import socket
import sqlite3
import time
from dataclasses import dataclass, field
from typing import TextIO

from starlette.types import ASGIApp, Receive, Scope, Send

from course_runtime.edition import edition
from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.control import control_application
from course_runtime.emulator.engine.engine import Engine
from course_runtime.emulator.engine.machine import Machine as JobMachine
from course_runtime.emulator.engine.zygotes import Zygotes
from course_runtime.emulator.environment import CloudAccess
from course_runtime.emulator.front.application import CloudApplication
from course_runtime.emulator.front.certificates import Certificates
from course_runtime.emulator.front.door import Door
from course_runtime.emulator.front.speaking_http import serve_plain
from course_runtime.emulator.handover import Handover
from course_runtime.emulator.listeners import listen_tcp, listen_unix, lock, remembered_port
from course_runtime.emulator.personal import access_to, add_student
from course_runtime.emulator.places import Places, PlaceUnusable, cannot_be_written
from course_runtime.emulator.pretrained import FindWeights, named_weights
from course_runtime.emulator.services import catalogue
from course_runtime.emulator.services.login.tokens import Keyring
from course_runtime.emulator.serving.hosting import Hosting
from course_runtime.emulator.serving.launching import Launcher, Machine
from course_runtime.emulator.store.database import StaleDatabase

SECONDS_BETWEEN_TICKS = 0.5
SHORTEST_TICK = 0.02
SECONDS_A_CHECK_CLOUD_MAY_IDLE = 900.0

logger = logging.getLogger(__name__)


@dataclass
class Tenancy:
    """A cloud with its doors and its application; every request shows that it is in use."""

    cloud: Cloud
    access: CloudAccess
    application: ASGIApp
    doors: list[Door] = field(default_factory=list)
    used: float = field(default_factory=time.monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.used = time.monotonic()
        await self.application(scope, receive, send)

    def close(self) -> None:
        for door in self.doors:
            door.close()
        self.cloud.close()


class Server:
    """`idle_seconds`: end after so long without a request, a check or a lease; None never ends by itself."""

    def __init__(
        self,
        places: Places,
        *,
        port: int | None = None,
        idle_seconds: float | None = None,
        weights: FindWeights = named_weights,
    ) -> None:
        self.places = places
        self.idle_seconds = idle_seconds
        self.port = 0
        self.serving = False
        self.leases = 0
        self.started = time.time()
        self.edition = edition()
        self.notes: list[str] = []
        self._wanted_port = port
        self._used = time.monotonic()
        self._tenancies: dict[str, Tenancy] = {}
        self._stop = asyncio.Event()
        self._lock: TextIO | None = None
        self._control: asyncio.AbstractServer | None = None
        self._handover: Handover | None = None
        self.zygotes = Zygotes(places)
        self._weights = weights
        self._jobs = JobMachine(self.zygotes, places.jobs, places.authority, weights)
        self._hosts = catalogue.host_table()
        self._registry = catalogue.registry()

    # Clouds ---------------------------------------------------------------------------------------

    @property
    def personal(self) -> Tenancy:
        return self._tenancies["personal"]

    def tenancy(self, name: str) -> Tenancy | None:
        """A cloud by its subscription id; `personal` is the student's own."""
        found = self._tenancies.get(name)
        if found:
            found.used = time.monotonic()
        return found

    def create_cloud(self, role: str = "Owner") -> Tenancy:
        """A new, empty cloud in memory, with one student in it."""
        cloud = Cloud(self._registry, self._keyring)
        tenancy = Tenancy(cloud, add_student(cloud, role), CloudApplication(cloud, self._hosts))
        self._tenancies[cloud.id] = tenancy
        self._let_serve(tenancy)
        self._let_run(tenancy)
        self._used = time.monotonic()
        return tenancy

    def drop_cloud(self, name: str) -> None:
        tenancy = self._tenancies.pop(name, None)
        if tenancy:
            tenancy.close()

    def reset_personal(self) -> Tenancy:
        """An empty personal cloud; doors that are open lead into the new one."""
        old = self._tenancies.pop("personal")
        old.cloud.close()
        for file in self.places.state.glob(f"{self.places.database.name}*"):
            file.unlink()
        tenancy = self._open_personal()
        tenancy.doors = old.doors
        return tenancy

    def count(self) -> int:
        return len(self._tenancies)

    async def open_door(self, name: str, listener: socket.socket) -> None:
        """Let clients in through a socket that somebody else made, in a sandbox perhaps."""
        await self._open_door(self._tenancies[name], listener)

    async def _open_door(self, tenancy: Tenancy, listener: socket.socket) -> Door:
        door = Door(tenancy, self._certificates, passes_through=False)
        await door.open(listener)
        tenancy.doors = [*(one for one in tenancy.doors if one.is_open), door]
        return door

    def _let_serve(self, tenancy: Tenancy) -> None:
        """Give a cloud what its online deployments run on; those that were being rolled out go on."""
        places = self.places
        machine = Machine(
            self.zygotes,
            places.serving_files,
            places.serving_sockets,
            places.authority,
            lambda listener: self._open_door(tenancy, listener),
            self._weights,
        )
        tenancy.cloud.hosting = Hosting(tenancy.cloud, Launcher(tenancy.cloud, machine))
        tenancy.cloud.hosting.resume()

    def _let_run(self, tenancy: Tenancy) -> None:
        """Give a cloud what its jobs run on; those that had not ended begin anew."""
        engine = Engine(tenancy.cloud, self._jobs, lambda listener: self._open_door(tenancy, listener))
        tenancy.cloud.engine = engine
        engine.resume()

    def _remove_deployments_files(self) -> None:
        """They are laid out anew when a deployment starts; an emulator that was killed leaves them behind."""
        for folder in (self.places.serving_files, self.places.serving_sockets):
            shutil.rmtree(folder, ignore_errors=True)

    # Life -----------------------------------------------------------------------------------------

    async def start(self) -> None:
        """PlaceUnusable, with a sentence to show, when the folder, its contents or the port cannot be used."""
        self.places.make()
        self._lock = lock(self.places)
        self._remove_deployments_files()
        tenancy = self._open_state()
        self._jobs.forget_all_but(tenancy.cloud.id)
        listener = self._listen()
        self.port = listener.getsockname()[1]
        self.places.port_file.write_text(f"{self.port}\n")
        for one in (listener, listen_unix(self.places.door_socket)):
            door = Door(self._personal_application, self._certificates, passes_through=True)
            await door.open(one)
            tenancy.doors.append(door)
        self._handover = Handover(self, listen_unix(self.places.handover_socket))
        control = control_application(self)
        self._control = await serve_plain(control, listen_unix(self.places.control_socket))
        self.serving = True

    def _open_state(self) -> Tenancy:
        """What lasts: the authority, the key that signs tokens, the student's cloud."""
        state = self.places.state
        try:
            self._certificates = Certificates.in_folder(state)
            self._keyring = Keyring.in_folder(state)
            return self._open_personal()
        except OSError as error:
            raise cannot_be_written(state, error.strerror or error) from None
        except StaleDatabase as error:
            raise PlaceUnusable(str(error)) from None
        except sqlite3.Error as error:
            raise PlaceUnusable(
                f"The file {self.places.database} cannot be used ({error}). Is the disk full, or the file damaged? "
                "Make room, or move the file away to begin with an empty cloud."
            ) from None
        except ValueError as error:
            raise PlaceUnusable(
                f"A key in {state} cannot be read ({error}). Remove its *.pem files: new ones are made."
            ) from None

    async def run(self) -> None:
        """Serve until told to stop, or until nobody has asked for anything for long."""
        try:
            await self.start()
            while not self.stopping:
                await self.wait_for_stop(self._seconds_to_next_tick())
                self._tick()
            await self._leases_given_back()
        finally:
            self.close()

    def stop(self) -> None:
        self._stop.set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    async def wait_for_stop(self, seconds: float) -> None:
        """Sleep, but no longer than until told to stop."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def _leases_given_back(self) -> None:
        """Who holds a lease is told that it ends."""
        for _ in range(100):
            if not self.leases:
                return
            await asyncio.sleep(0.01)

    def touch(self) -> None:
        self._used = time.monotonic()

    def close(self) -> None:
        if self._control:
            self._control.close()
        if self._handover:
            self._handover.close()
        for tenancy in self._tenancies.values():
            tenancy.close()
        self._tenancies.clear()
        self._jobs.close()
        self.zygotes.close()
        self._remove_deployments_files()
        if self._lock is not None:
            for path in (self.places.control_socket, self.places.handover_socket, self.places.door_socket):
                path.unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def _open_personal(self) -> Tenancy:
        cloud = Cloud(self._registry, self._keyring, self.places.database, open_to_all=True)
        tenancy = Tenancy(cloud, access_to(cloud), CloudApplication(cloud, self._hosts))
        self._tenancies["personal"] = tenancy
        self._let_serve(tenancy)
        self._let_run(tenancy)
        return tenancy

    async def _personal_application(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whatever the personal cloud is now: a reset does not close the doors."""
        self.touch()
        await self.personal(scope, receive, send)

    def _seconds_to_next_tick(self) -> float:
        """Until something is due in any of the clouds, within bounds."""
        waits = [tenancy.cloud.seconds_to_next_timer() for tenancy in self._tenancies.values()]
        return min(SECONDS_BETWEEN_TICKS, max(SHORTEST_TICK, min(waits, default=SECONDS_BETWEEN_TICKS)))

    def _tick(self) -> None:
        now = time.monotonic()
        for name, tenancy in list(self._tenancies.items()):
            if tenancy.cloud.engine and tenancy.cloud.engine.busy:
                tenancy.used = now
            if name != "personal" and now - tenancy.used > SECONDS_A_CHECK_CLOUD_MAY_IDLE:
                self.drop_cloud(name)
            else:
                self._used = max(self._used, tenancy.used)
                _tick(tenancy.cloud)
        idle = now - self._used
        if self.idle_seconds is not None and not self.leases and idle > self.idle_seconds:
            self.stop()

    def _listen(self) -> socket.socket:
        """The asked-for port, or the one of last time so that open shells and notebooks go on working."""
        remembered = remembered_port(self.places)
        for port in (self._wanted_port, remembered, 0):
            if port is None:
                continue
            try:
                return listen_tcp(port)
            except OSError as error:
                if port == self._wanted_port:
                    raise PlaceUnusable(
                        f"Port {port} is in use by another program ({error.strerror}). Choose another with "
                        "`workshop emulator start --port NUMBER`, or leave --port away and a free one is taken."
                    ) from None
                self.notes.append(
                    f"Port {port}, used last time, is taken by another program; a new one was chosen. "
                    "Processes started with `workshop exec` before now must be started again."
                )
        raise AssertionError("port 0 always binds")


def _tick(cloud: Cloud) -> None:
    """What goes wrong in one cloud (its disk is full, say) must not end the others."""
    try:
        cloud.tick()
    except sqlite3.Error:
        logger.exception("the cloud %s cannot be kept up to date", cloud.id)

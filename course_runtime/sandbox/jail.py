"""The order in which a worker's walls go up. Each is tried; those that did not hold are reported, not hidden.

middle   make_cgroups           as whoever the zygote is
middle   unshare_namespaces     still trusted, outside the pid namespace it makes
init     join_cgroups           first process of that namespace
init     furnish                files, network
init     lose_privileges        uid, capabilities, rlimits; what it forks can only be weaker
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from . import cgroups, landlock, linux, network, root_filesystem, seccomp
from .cgroups import Group
from .limits import apply_limits
from .mechanisms import Attempts
from .root_filesystem import Owner
from .spec import WORK_DIRECTORY, JailSpec

NOBODY = 65534
NAMESPACES = {
    "mount": linux.CLONE_NEWNS,
    "pid": linux.CLONE_NEWPID,
    "network": linux.CLONE_NEWNET,
    "ipc": linux.CLONE_NEWIPC,
    "uts": linux.CLONE_NEWUTS,
}


@dataclass
class Jail:
    spec: JailSpec
    attempts: Attempts = field(default_factory=Attempts)
    namespaces: set[str] = field(default_factory=set)
    work_directory: str = WORK_DIRECTORY
    cgroups: dict[str, Group] = field(default_factory=dict)
    temporary: str | None = None  # a work directory of the host's, to be removed at the end

    @property
    def owner(self) -> Owner:
        return Owner(NOBODY, NOBODY) if os.getuid() == 0 else Owner(os.getuid(), os.getgid())

    def make_cgroups(self) -> None:
        for controller in cgroups.CONTROLLERS:
            try:
                self.cgroups[controller] = cgroups.make(controller, self.spec.limits)
            except OSError as problem:
                self.attempts.failed(f"cgroup {controller}", str(problem))

    def join_cgroups(self) -> None:
        for controller, group in self.cgroups.items():
            self.attempts.attempt(f"cgroup {controller}", group.join)

    @property
    def descriptors(self) -> list[int]:
        return [group.parent for group in self.cgroups.values()]

    def unshare_namespaces(self) -> None:
        # Real root furnishes better than a user namespace's: it reaches files of any owner.
        if os.getuid() != 0:
            self._enter_user_namespace()
        for name, flag in NAMESPACES.items():
            if self.attempts.attempt(f"{name} namespace", lambda flag=flag: linux.unshare(flag)):  # type: ignore[misc]
                self.namespaces.add(name)
        if "mount" not in self.namespaces:
            self._use_directory_of_the_host()

    def furnish(self) -> socket.socket:
        """Files, host name and loopback; gives the door."""
        if "uts" in self.namespaces:
            self.attempts.attempt("host name", lambda: socket.sethostname("sandbox"))
        private_network = "network" in self.namespaces and self.attempts.attempt(
            "loopback", network.bring_loopback_up
        )
        door = network.open_door(private_network)
        if "mount" in self.namespaces:
            self._change_root()
        os.chdir(self.work_directory)
        return door

    def lose_privileges(self) -> None:
        # Landlock and seccomp come last: they would refuse the steps before them.
        if os.getuid() == 0:
            self.attempts.attempt("uid drop", self._become_nobody)
            self._enter_user_namespace()
        self.attempts.attempt("no nested user namespaces", _forbid_user_namespaces)
        self.attempts.attempt("no capabilities", linux.drop_all_capabilities)
        self.attempts.attempt("no new privileges", lambda: linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1))
        self.attempts.attempt("dies with its parent", lambda: linux.die_with_parent(signal.SIGKILL))
        self.attempts.attempt("resource limits", lambda: apply_limits(self.spec.limits))
        self.attempts.attempt("landlock", lambda: landlock.restrict(self._writable()))
        self.attempts.attempt("seccomp", seccomp.install)

    @property
    def ran_out_of_memory(self) -> bool:
        return "memory" in self.cgroups and self.cgroups["memory"].killed_for_memory()

    def remove_leftovers(self) -> None:
        for group in self.cgroups.values():
            group.remove()
        if self.temporary is not None:
            shutil.rmtree(self.temporary, ignore_errors=True)

    def _writable(self) -> list[str]:
        return [self.work_directory, "/tmp", "/dev", *self.spec.writable]

    def _change_root(self) -> None:
        # Not attempts: half a root is worse than a worker that does not start and says why.
        root_filesystem.lay_out(self.spec, self.owner)
        if "pid" in self.namespaces:
            self.attempts.attempt("private /proc", root_filesystem.mount_proc)
        root_filesystem.enter()
        self.attempts.held("read-only root")

    def _use_directory_of_the_host(self) -> None:
        self.temporary = self.work_directory = tempfile.mkdtemp(prefix="sandbox-")
        if os.getuid() == 0:
            os.chown(self.temporary, self.owner.uid, self.owner.gid)
            for path in self.spec.writable:
                root_filesystem.give(path, self.owner)
        self.attempts.failed(
            "read-only root", "no mount namespace: the worker sees the files of this machine"
        )

    def _become_nobody(self) -> None:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        linux.set_dumpable(True)  # the change of uid cleared it, and /proc/self/uid_map needs it

    def _enter_user_namespace(self) -> None:
        self.attempts.attempt("user namespace", _unshare_user)


def _unshare_user() -> None:
    uid, gid = os.getuid(), os.getgid()
    linux.unshare(linux.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def _forbid_user_namespaces() -> None:
    Path("/proc/sys/user/max_user_namespaces").write_text("0")

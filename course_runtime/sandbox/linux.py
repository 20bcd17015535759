"""The system calls Python has no name for, each raising OSError like those it has."""

from __future__ import annotations

import ctypes
import os
import platform

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_REMOUNT = 0x20
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000
MNT_DETACH = 0x2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NAME = 15
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

AT_FDCWD = -100
AT_RECURSIVE = 0x8000
SYS_MOUNT_SETATTR = 442
MOUNT_ATTR_RDONLY = 0x1
MOUNT_ATTR_NOSUID = 0x2
MOUNT_ATTR_NODEV = 0x4
CAPABILITY_VERSION_3 = 0x20080522

_PIVOT_ROOT_NUMBERS = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(outcome: int, what: str) -> int:
    if outcome < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return outcome


def _function(name: str) -> ctypes._NamedFuncPointer:  # type: ignore[name-defined,unused-ignore]
    try:
        return _libc()[name]
    except AttributeError:
        raise OSError(f"{name} does not exist on {platform.system()}") from None


def _path(text: str) -> bytes:
    return os.fsencode(text)


def syscall(number: int, *arguments: object) -> int:
    return _checked(_function("syscall")(ctypes.c_long(number), *arguments), f"system call {number}")


def unshare(flags: int) -> None:
    _checked(_function("unshare")(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    outcome = _function("mount")(
        _path(source), _path(target), kind.encode(), ctypes.c_ulong(flags), options.encode()
    )
    _checked(outcome, f"mount {source} on {target}")


def unmount(target: str) -> None:
    _checked(_function("umount2")(_path(target), ctypes.c_int(MNT_DETACH)), f"umount {target}")


def pivot_root(new_root: str, old_root: str) -> None:
    number = _PIVOT_ROOT_NUMBERS.get(platform.machine())
    if number is None:
        raise OSError(f"the number of pivot_root on {platform.machine()} is not known here")
    syscall(number, _path(new_root), _path(old_root))


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns_fd")]


def make_tree_read_only(target: str) -> None:
    """Read-only, no set-uid and no devices, for this mount and all below it (Linux 5.12 or later)."""
    _restrict_tree(target, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)


def make_tree_safe(target: str) -> None:
    """No set-uid and no devices, but as writable as it was."""
    _restrict_tree(target, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)


def _restrict_tree(target: str, wanted: int) -> None:
    attributes = _MountAttributes(wanted, 0, 0, 0)
    syscall(
        SYS_MOUNT_SETATTR,
        ctypes.c_int(AT_FDCWD),
        _path(target),
        ctypes.c_uint(AT_RECURSIVE),
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    words = [ctypes.c_ulong(value) for value in (first, second, 0, 0)]
    _checked(_function("prctl")(ctypes.c_int(option), *words), f"prctl {option}")


def die_with_parent(signal_number: int) -> None:
    """Must follow any change of uid, which clears it."""
    prctl(PR_SET_PDEATHSIG, signal_number)


def set_dumpable(dumpable: bool) -> None:
    """A process that is not dumpable cannot be traced, nor its /proc files read, by others of its uid."""
    prctl(PR_SET_DUMPABLE, int(dumpable))


def set_name(name: str) -> None:
    """What `ps` and /proc/PID/comm call this process: at most 15 bytes."""
    buffer = ctypes.create_string_buffer(name.encode())
    prctl(PR_SET_NAME, ctypes.addressof(buffer))


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def drop_all_capabilities() -> None:
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _checked(_function("capset")(ctypes.byref(header), ctypes.byref(nothing)), "capset")

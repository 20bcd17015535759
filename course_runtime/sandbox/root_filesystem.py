"""The only files a jailed worker sees: a fresh root with read-only binds of what Python needs."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import linux
from .spec import WORK_DIRECTORY, JailSpec

STAGING = "/proc"  # the new root is built over a directory that exists and that nothing shown comes from
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/sys/devices/system/cpu")
CONFIGURATION = (
    "/etc/ld.so.cache",
    "/etc/ssl",
    "/etc/pki",
    "/etc/alternatives",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/fonts",
)
DEVICES = ("null", "zero", "full", "random", "urandom")
DEVICE_LINKS = {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}
MOST_INODES = 65536
SAFE = linux.MS_NOSUID | linux.MS_NODEV


@dataclass(frozen=True)
class Owner:
    uid: int
    gid: int


def interpreter_paths() -> list[str]:
    """The folders this interpreter imports from, but no checkout around our package: it has the graders."""
    package = Path(__file__).resolve().parent.parent
    prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    executables = [str(Path(sys.executable).resolve().parent)]
    imported = [entry for entry in sys.path if Path(entry).is_absolute() and Path(entry).exists()]
    libraries = [entry for entry in imported if _is_library(entry, prefixes)]
    return [*prefixes, *executables, *libraries, str(package)]


def _is_library(entry: str, prefixes: list[str]) -> bool:
    if any(os.path.commonpath([entry, prefix]) == prefix for prefix in prefixes):
        return True
    return entry in site.getsitepackages() or entry == site.getusersitepackages()


def outermost(paths: Iterable[str]) -> list[str]:
    """Each path and what it really is, without those that lie inside another one."""
    absolute = {os.path.normpath(Path.cwd() / path) for path in paths}
    wanted = sorted(absolute | {os.path.realpath(path) for path in absolute})
    kept: list[str] = []
    for path in wanted:
        if path != "/" and not any(_inside(path, outer) for outer in kept):
            kept.append(path)
    return kept


def _inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith(outer + "/")


def lay_out(spec: JailSpec, owner: Owner) -> None:
    """Build the new root over STAGING. Needs a mount namespace, which this makes private."""
    linux.mount("none", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", STAGING, "tmpfs", SAFE, "size=4m,mode=0755")
    _furnish(spec, owner)


def mount_proc() -> None:
    """Needs the worker's own pid namespace and, as an ordinary user, the old root's /proc still there."""
    linux.mount("proc", str(_inner("/proc")), "proc", SAFE | linux.MS_NOEXEC)


def enter() -> None:
    """Make the new root the only one; leaves the process in its work directory."""
    os.chdir(STAGING)
    linux.pivot_root(".", ".")
    linux.unmount(".")
    _remount_read_only("/")
    os.chdir(WORK_DIRECTORY)


def _furnish(spec: JailSpec, owner: Owner) -> None:
    _writable_places(spec, owner)
    _inner("/proc").mkdir()
    for path in outermost([*interpreter_paths(), *spec.readable, *SYSTEM, *CONFIGURATION]):
        _show(path)
    for path in outermost(spec.writable):
        _share(path, owner)
    _write_configuration(owner)
    _devices()
    for path in spec.hidden:
        for spelling in {os.path.normpath(path), os.path.realpath(path)}:
            _hide(spelling)


def _inner(path: str) -> Path:
    return Path(STAGING + path)


def _writable_places(spec: JailSpec, owner: Owner) -> None:
    size = f"size={spec.limits.tmp_mb}m,nr_inodes={MOST_INODES},uid={owner.uid},gid={owner.gid}"
    for place, mode in ((WORK_DIRECTORY, "0700"), ("/tmp", "1777"), ("/dev/shm", "1777")):
        _inner(place).mkdir(parents=True)
        linux.mount("tmpfs", str(_inner(place)), "tmpfs", SAFE, f"{size},mode={mode}")


def _show(path: str) -> None:
    source, target = Path(path), _inner(path)
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        target.symlink_to(source.resolve())
        return
    _make_mount_point(source, target)
    linux.mount(path, str(target), "", linux.MS_BIND | linux.MS_REC)
    try:
        linux.make_tree_read_only(str(target))
    except OSError:
        _remount_read_only(str(target))


def _share(path: str, owner: Owner) -> None:
    """A folder of the host that the worker may write to."""
    give(path, owner)
    target = _inner(path)
    target.mkdir(parents=True, exist_ok=True)
    linux.mount(path, str(target), "", linux.MS_BIND)
    try:
        linux.make_tree_safe(str(target))
    except OSError:
        linux.mount("none", str(target), "", linux.MS_REMOUNT | linux.MS_BIND | SAFE)


def give(path: str, owner: Owner) -> None:
    """Make a folder and all in it the worker's; links are taken for themselves, not for what they lead to."""
    if os.lstat(path).st_uid == owner.uid == os.getuid():
        return
    for folder, folders, files in os.walk(path):
        for name in ("", *folders, *files):
            os.chown(Path(folder, name), owner.uid, owner.gid, follow_symlinks=False)


def _make_mount_point(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()


def _remount_read_only(target: str) -> None:
    flags = linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | SAFE
    linux.mount("none", target, "", flags)


def _write_configuration(owner: Owner) -> None:
    _inner("/etc").mkdir(exist_ok=True)
    user = f"student:x:{owner.uid}:{owner.gid}::{WORK_DIRECTORY}:/bin/sh\n"
    _write("/etc/passwd", user if owner.uid == 0 else f"root:x:0:0::/:/bin/sh\n{user}")
    _write("/etc/group", f"student:x:{owner.gid}:\n")
    _write("/etc/hosts", "127.0.0.1 localhost\n")
    _write("/etc/resolv.conf", "")
    _write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n")


def _write(path: str, text: str) -> None:
    _inner(path).write_text(text)


def _devices() -> None:
    for name in DEVICES:
        device = Path("/dev", name)
        target = _inner(str(device))
        _make_mount_point(device, target)
        linux.mount(str(device), str(target), "", linux.MS_BIND)
    for name, meaning in DEVICE_LINKS.items():
        _inner(f"/dev/{name}").symlink_to(meaning)


def _hide(path: str) -> None:
    target = _inner(path)
    if target.is_dir():
        linux.mount("tmpfs", str(target), "tmpfs", SAFE | linux.MS_RDONLY, "size=4k,mode=0755")
    elif target.exists():
        linux.mount("/dev/null", str(target), "", linux.MS_BIND)

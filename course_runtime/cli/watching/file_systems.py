"""Whether the system tells of changes in a folder: on network shares and the like it does not."""

from __future__ import annotations

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
SILENT = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "prl_fs", "afs", "fuse.sshfs")
WINDOWS = ("9p", "drvfs")
SPACE = "\\040"


def why_silent(folder: Path, mounts: Path = MOUNTS) -> str:
    """Why no events are to be expected for `folder`; empty where they are."""
    kind = kind_of(folder, mounts)
    if kind in WINDOWS:
        return "the folder is shared by another system, as Windows' own disks are in WSL"
    return f"the folder is on a network share ({kind})" if kind in SILENT else ""


def kind_of(folder: Path, mounts: Path = MOUNTS) -> str:
    """The file system's name, by the longest mount point above; empty where that cannot be known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = ("", "")
    here = folder.resolve()
    for line in lines:
        point, kind = line.split(" ")[1:3]
        where = point.replace(SPACE, " ")
        if here.is_relative_to(where) and len(where) >= len(found[0]):
            found = (where, kind)
    return found[1]

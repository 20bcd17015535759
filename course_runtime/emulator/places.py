"""Where the emulator keeps its things: lasting state in a folder, sockets in a short private one."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

LONGEST_ROOT = 103 - len("/0123456789ab/handover.sock")
"""What the shortest limit on AF_UNIX paths (macOS: 103 bytes) leaves for the folder that holds them."""


class PlaceUnusable(Exception):
    """A folder the kit needs cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Places:
    """Paths of one personal emulator. AF_UNIX paths may be 107 bytes long at most, so sockets live elsewhere."""

    state: Path
    runtime: Path

    @classmethod
    def of(cls, state: Path) -> Places:
        digest = hashlib.blake2b(str(state.resolve()).encode(), digest_size=6).hexdigest()
        return cls(state, runtime_root() / digest)

    @property
    def control_socket(self) -> Path:
        return self.runtime / "control.sock"

    @property
    def door_socket(self) -> Path:
        """The personal cloud's proxy for processes whose network is cut off."""
        return self.runtime / "door.sock"

    @property
    def handover_socket(self) -> Path:
        """Where a sandbox's listening socket is handed to the emulator."""
        return self.runtime / "handover.sock"

    def zygote_socket(self, import_set: str) -> Path:
        """Where the warm workers with these imports are asked for, by the grader and by the engine."""
        return self.runtime / f"{import_set}.sock"

    @property
    def serving_files(self) -> Path:
        """Models and code of the deployments that run."""
        return self.state / "serving"

    @property
    def serving_sockets(self) -> Path:
        """Folders that their processes listen in."""
        return self.runtime / "s"

    @property
    def lock(self) -> Path:
        return self.runtime / "lock"

    @property
    def in_use(self) -> Path:
        """Locked by the emulator that runs; it is free again however that one ended."""
        return self.runtime / "in-use"

    @property
    def log(self) -> Path:
        return self.runtime / "emulator.log"

    @property
    def database(self) -> Path:
        return self.state / "cloud.db"

    @property
    def jobs(self) -> Path:
        """Working folders of what runs: inputs, code, outputs; gone when it is over."""
        return self.state / "jobs"

    @property
    def port_file(self) -> Path:
        return self.state / "port"

    @property
    def authority(self) -> Path:
        return self.state / "ca.pem"

    @property
    def bundle(self) -> Path:
        return self.state / "ca-bundle.pem"

    def make(self) -> None:
        """Create both folders, private to this user."""
        for folder in (self.state, self.runtime.parent, self.runtime):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise PlaceUnusable(
                    f"The folder {folder} cannot be made ({error.strerror}). "
                    "Set WORKSHOP_STATE to a folder that you may write to, and try again."
                ) from None
        _require_private(self.runtime.parent)
        _require_private(self.runtime)
        if not os.access(self.state, os.W_OK | os.X_OK):
            raise cannot_be_written(self.state, "permission denied")


def runtime_root() -> Path:
    """The first folder that may be written to and is short enough: AF_UNIX paths hold little more than 100 bytes."""
    candidates = [Path(tempfile.gettempdir()), Path("/tmp")]
    if base := os.environ.get("XDG_RUNTIME_DIR"):
        candidates.insert(0, Path(base))
    for folder in candidates:
        root = folder / f"azureml-workshop-{os.getuid()}"
        if len(os.fsencode(root)) <= LONGEST_ROOT and os.access(folder, os.W_OK):
            return root
    raise PlaceUnusable(
        f"No folder for the emulator's sockets: {', '.join(str(one) for one in candidates)} cannot be written to, or "
        f"the name is too long. Set XDG_RUNTIME_DIR to a folder of your own, its name under {LONGEST_ROOT - 30} bytes."
    )


def cannot_be_written(folder: Path, reason: object) -> PlaceUnusable:
    return PlaceUnusable(
        f"The folder {folder} cannot be written to ({reason}). "
        "Set WORKSHOP_STATE to a folder that you may write to, and try again."
    )


def _require_private(folder: Path) -> None:
    """Sockets here are trusted, so nobody else may own the folder or enter it."""
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o077:
        raise PlaceUnusable(
            f"The folder {folder} is not private to you, so the emulator will not use it. "
            "Remove it, or set XDG_RUNTIME_DIR to a folder of your own."
        )

"""Where the emulator keeps its things: lasting state in a folder, sockets in a short private one."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path


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

    @property
    def lock(self) -> Path:
        return self.runtime / "lock"

    @property
    def log(self) -> Path:
        return self.runtime / "emulator.log"

    @property
    def database(self) -> Path:
        return self.state / "cloud.db"

    @property
    def port_file(self) -> Path:
        return self.state / "port"

    @property
    def bundle(self) -> Path:
        return self.state / "ca-bundle.pem"

    def make(self) -> None:
        """Create both folders, private to this user."""
        for folder in (self.state, runtime_root(), self.runtime):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise PlaceUnusable(
                    f"The folder {folder} cannot be made ({error.strerror}). "
                    "Set WORKSHOP_STATE to a folder that you may write to, and try again."
                ) from None
        _require_private(self.runtime)


def runtime_root() -> Path:
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and len(base) < 60 and os.access(base, os.W_OK):
        return Path(base) / "azureml-workshop"
    return Path(tempfile.gettempdir()) / f"azureml-workshop-{os.getuid()}"


def _require_private(folder: Path) -> None:
    """Sockets here are trusted, so nobody else may own the folder or enter it."""
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o077:
        raise PlaceUnusable(
            f"The folder {folder} is not private to you, so the emulator will not use it. "
            "Remove it, or set XDG_RUNTIME_DIR to a folder of your own."
        )

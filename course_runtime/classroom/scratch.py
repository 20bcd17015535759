"""A folder for what a grader unpacks, gone with the grader; what a killed one left is removed by the next."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = ".unpacked-"
LOCK = "lock"


@contextlib.contextmanager
def scratch_folder(out: Path) -> Iterator[Path]:
    with contextlib.ExitStack() as held:
        with _one_at_a_time(out):
            _remove_abandoned(out)
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=out.absolute()))
            lock = held.enter_context((folder / LOCK).open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        inside = folder / "class"
        inside.mkdir()
        try:
            yield inside
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(out: Path) -> None:
    for folder in out.glob(f"{PREFIX}*/"):
        with contextlib.suppress(OSError), (folder / LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _one_at_a_time(out: Path) -> Iterator[None]:
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

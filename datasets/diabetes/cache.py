"""Files made on first use and kept: each is there wholly or not at all, however many processes ask at once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .errors import DatasetError
from .files import kind_named, write
from .randomness import checked_seed

OVERRIDE = "WORKSHOP_DATA"
FOR_EVERYONE_TO_READ = 0o755


def path(kind: str, seed: int) -> Path:
    """The file, or the folder of several files, that `write` makes; made now unless an earlier call did."""
    place = kind_named(kind).place
    entry = cache_folder() / fingerprint() / f"{kind}-{checked_seed(seed)}"
    if not entry.is_dir():
        _fill(entry, kind, seed)
    return entry / place


def cache_folder() -> Path:
    """$WORKSHOP_DATA, or a folder of the kit's own among the user's caches."""
    override = os.environ.get(OVERRIDE)
    if override:
        return Path(override).resolve()
    try:
        return _user_caches() / "azureml-workshop" / "datasets"
    except RuntimeError:
        raise DatasetError(
            f"This user has no home folder to keep data in. Set {OVERRIDE} to a folder that you may write to."
        ) from None


def fingerprint() -> str:
    """Names the generators as they are now, so that a newer kit does not hand out an older one's tables."""
    digest = hashlib.blake2b(digest_size=8)
    folder = Path(__file__).parent
    for source in sorted([*folder.glob("*.py"), *folder.glob("*.csv")]):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _fill(entry: Path, kind: str, seed: int) -> None:
    """Renaming is one step: the first process to finish wins, and the others use what it made."""
    with unfinished(entry.parent) as draft:
        write(kind, draft, seed)
        try:
            draft.rename(entry)
        except OSError:
            if not entry.is_dir():
                raise


@contextlib.contextmanager
def unfinished(parent: Path) -> Iterator[Path]:
    draft = None
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=parent))
        draft.chmod(FOR_EVERYONE_TO_READ)
        yield draft
    except OSError as error:
        raise DatasetError(
            f"The data folder {parent} cannot be written to ({error.strerror}). "
            f"Set {OVERRIDE} to a folder that you may write to, and try again."
        ) from None
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)


def _user_caches() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")

"""Tiles and weights that are made on first use and kept, in the folder where the course's other data lies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ..diabetes.cache import cache_folder, unfinished
from ..diabetes.randomness import checked_rows, checked_seed
from .files import write
from .labels import checked_noise


def path(seed: int, train: int = 48, valid: int = 16, noise: float = 0.0) -> Path:
    """A folder with train/<Class>/*.png and valid/<Class>/*.png, so many a class; made unless it is there."""
    counts = f"{checked_rows(train)}-{checked_rows(valid)}-{checked_noise(noise):g}"
    name = f"tiles-{checked_seed(seed)}-{counts}"
    return kept(name, "aerial", lambda place: write(place, seed, train, valid, noise))


def kept(name: str, place: str, make: Callable[[Path], object]) -> Path:
    """`make` writes the file or folder at the path that it is given; the first process to finish wins."""
    entry = cache_folder() / f"aerial-{fingerprint()}" / name
    if not entry.is_dir():
        with unfinished(entry.parent) as draft:
            make(draft / place)
            try:
                draft.rename(entry)
            except OSError:
                if not entry.is_dir():
                    raise
    return entry / place


def fingerprint() -> str:
    """Names the generators as they are now, so that a newer kit does not hand out an older one's tiles."""
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()

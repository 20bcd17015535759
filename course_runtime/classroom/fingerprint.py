"""What a grade depends on, as one short text: the same text, the same grade."""

from __future__ import annotations

import hashlib
from pathlib import Path

from course_runtime import __version__
from course_runtime.course import Module

PASSED_OVER = {"__pycache__", "wheat", "chaff"}


def grader_digest(module: Module) -> str:
    """The module, its tests and what all tests share, in this version of the kit."""
    whole = hashlib.blake2b(f"{__version__} {module.name}".encode(), digest_size=16)
    shared = sorted(module.grader_folder.parent.glob("*.py"))
    for file in [*shared, *_files(module.grader_folder), *_files(module.folder)]:
        content = file.read_bytes()
        name = file.relative_to(module.root).as_posix()
        whole.update(f"{len(name)} {name} {len(content)} ".encode())
        whole.update(content)
    return whole.hexdigest()


def key_of(student: str, submission: str, grader: str) -> str:
    """Two students never share one: what their tests ask differs."""
    return hashlib.blake2b("\0".join((student, submission, grader)).encode(), digest_size=16).hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not PASSED_OVER.intersection(path.relative_to(folder).parts)
    )

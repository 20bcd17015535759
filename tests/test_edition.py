"""What changes when the kit does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import course_runtime


def edition_of(root: Path) -> str:
    command = [sys.executable, "-c", "from course_runtime.edition import edition; print(edition())"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_it_is_another_one_when_a_file_has_changed_and_only_then(tmp_path: Path) -> None:
    package = tmp_path / "course_runtime"
    (package / "room").mkdir(parents=True)
    for name in ("__init__.py", "edition.py"):
        shutil.copy(Path(course_runtime.__file__).parent / name, package / name)
    file = package / "room" / "thing.py"
    file.write_text("")
    before = edition_of(tmp_path)
    assert edition_of(tmp_path) == before
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 10**9))
    assert edition_of(tmp_path) != before

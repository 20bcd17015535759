from __future__ import annotations

import zipfile
from pathlib import Path

from .conftest import Command


def test_a_zip_is_written_or_a_sentence(workshop: Command, tmp_path: Path) -> None:
    refused = workshop("gradescope", "module7", str(tmp_path / "a.zip"))
    assert refused.returncode == 2 and "requirements.txt is not there" in refused.stderr
    own = Command(workshop.home, Path(__file__).parents[2])
    done = own("gradescope", "module0", str(tmp_path / "a.zip"), "--unsandboxed")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert b"--module module0" in archive.read("run_autograder")
        assert b"--unsandboxed" in archive.read("run_autograder")

"""The zip that Gradescope takes for an autograder: this kit, one module of the course, and two scripts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from course_runtime.course import Module
from course_runtime.grading import KitError

PACKAGE = Path(__file__).resolve().parents[1]
PASSED_OVER = {"__pycache__", "_content", "wheat", "chaff", ".ipynb_checkpoints"}
EXECUTABLE = 0o100755 << 16
PLAIN = 0o100644 << 16
SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when the autograder's image is built.
set -e
apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install -q -r /autograder/source/requirements.txt
/autograder/venv/bin/python -m compileall -q /autograder/source/kit
"""
RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission, beside the folders source, submission and results.
cd "$(dirname "$(readlink -f "$0")")"
python="$PWD/venv/bin/python"
[ -x "$python" ] || python="${{PYTHON:-python3}}"
export PYTHONPATH="$PWD/source/kit"
exec "$python" -m course_runtime.classroom.autograder --module {module} \\
    --submission submission --results results/results.json{more}
"""


def write_autograder_zip(module: Module, path: Path, *, unsandboxed: bool = False) -> None:
    """The solution is in it, as it must be for the tests; it is not in what a student's code can see."""
    requirements = module.root / "requirements.txt"
    if not requirements.is_file():
        raise KitError(f"{requirements} is not there.", "Install the kit again.")
    run = RUN.format(module=module.short, more=" --unsandboxed" if unsandboxed else "")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", SETUP.encode(), EXECUTABLE)
        _add(archive, "run_autograder", run.encode(), EXECUTABLE)
        _add(archive, "requirements.txt", requirements.read_bytes(), PLAIN)
        for name, file in sorted(_kit(module)):
            _add(archive, f"kit/course_runtime/{name}", file.read_bytes(), PLAIN)


def _kit(module: Module) -> Iterator[tuple[str, Path]]:
    """Laid out as an installed kit is, with one module."""
    yield from ((file.relative_to(PACKAGE).as_posix(), file) for file in _files(PACKAGE))
    content = [*_files(module.folder), *_files(module.grader_folder), *_files(module.root / "datasets")]
    content += [file for file in module.grader_folder.parent.glob("*.py")]
    yield from ((f"_content/{file.relative_to(module.root).as_posix()}", file) for file in content)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not PASSED_OVER.intersection(inside.parts) and path.suffix != ".pyc":
            yield path


def _add(archive: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    """Without the time: the same kit, the same zip."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)

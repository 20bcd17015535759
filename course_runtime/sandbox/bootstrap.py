"""How another Python is started that runs a module of this room, whatever folder and whatever user it is started by."""

from __future__ import annotations

import site
import sys
from pathlib import Path

PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])
# Isolated from the folder it is started in, which may be a student's: no numpy.py of theirs is imported. Our
# package is the one that runs here, wherever it lies, and its folder does not stay on the path.
PROGRAM = (
    "import sys; root = sys.argv.pop(1); sys.path[len(sys.path):] = filter(None, [sys.argv.pop(1)]);"
    "sys.path.insert(0, root); import course_runtime; sys.path.remove(root);"
    "from course_runtime.sandbox.{module} import main; raise SystemExit(main())"
)


def command(module: str, *arguments: str) -> list[str]:
    program = PROGRAM.format(module=module)
    return [sys.executable, "-I", "-c", program, PACKAGE_ROOT, _user_site(), *arguments]


def _user_site() -> str:
    """The user's own site-packages where this process has it; isolated mode leaves it out."""
    path = site.getusersitepackages()
    return path if path in sys.path else ""

"""What maintainers run: `nox` for everything that CI runs, `nox -s NAME` for one session.

Sessions run in the environment that nox itself runs in (the README's second command makes it), so that its
hundred and fifty packages are installed once. `nox -s pythons` makes environments of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PYTHON = sys.executable
AZURITE = "3.35.0"
nox.options.sessions = ["lint", "types", "imports", "tests", "course"]
nox.options.default_venv_backend = "none"
# Imports without bytecode take three times as long, and some machines switch it off for everybody.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def python(session: nox.Session, *arguments: str, **options: object) -> None:
    path = os.pathsep.join([str(Path(PYTHON).parent), os.environ.get("PATH", "")])
    session.run(PYTHON, *arguments, external=True, env={"PATH": path}, **options)  # type: ignore[arg-type]


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    python(session, "-m", "ruff", "check", ".")
    python(session, "-m", "ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Strict types over everything that ships."""
    python(session, "-m", "mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Who may import whom, and what must not be imported at start."""
    python(session, "-m", "pytest", "-q", "tests/structure")


@nox.session
def tests(session: nox.Session) -> None:
    """The whole test suite; arguments go to pytest."""
    azurite = find_azurite(session)
    if azurite:
        os.environ["AZURITE"] = azurite
    # A file stays together: its tests may share what is slow to start.
    python(session, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *session.posargs)


def find_azurite(session: nox.Session) -> str:
    """Microsoft's storage emulator, to compare ours with; installed beside nox's things where npm is there."""
    folder = ROOT / ".nox" / "azurite"
    program = folder / "node_modules" / ".bin" / "azurite-blob"
    if not program.exists() and shutil.which("npm"):
        folder.mkdir(parents=True, exist_ok=True)
        session.run(
            *(
                "npm",
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--prefix",
                str(folder),
                f"azurite@{AZURITE}",
            ),
            external=True,
            success_codes=[0, 1],
        )
    return str(program) if program.exists() else ""


@nox.session
def course(session: nox.Session) -> None:
    """Every module: solution, bare exercise, wheat, chaff, hints, links; and exercises/ is up to date."""
    python(session, "-m", "course_runtime.cli", "dev", "build", "--check")
    python(session, "-m", "course_runtime.cli", "dev", "check", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """The budgets: medians and ratios, in one run. Nothing fails here."""
    python(session, str(ROOT / "tests" / "benchmarks" / "run.py"), *session.posargs)


@nox.session
def conformance(session: nox.Session) -> None:
    """An outside conformance runner against this checkout: `nox -s conformance -- RUNNER [arguments]`."""
    if not session.posargs:
        session.error("Name the runner: nox -s conformance -- path/to/run")
    runner, *arguments = session.posargs
    path = os.pathsep.join([str(Path(PYTHON).parent), os.environ.get("PATH", "")])
    session.run(str(Path(runner).resolve()), *arguments, external=True, env={"PATH": path})


@nox.session(venv_backend="virtualenv", python=["3.10", "3.11", "3.12", "3.13"])
def pythons(session: nox.Session) -> None:
    """The suite on every Python that is supported and installed here, each in an environment of its own."""
    session.install("-r", "requirements-dev.txt", "-e", ".")
    session.run("python", "-m", "pytest", "-q", *session.posargs)

"""`workshop exec`: any command, in the environment of the personal cloud."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from course_runtime.cli.screen import warn

NOT_FOUND, NOT_EXECUTABLE = 127, 126
OTHER_WAYS_IN = ("AZURE_", "AZUREML_", "ARM_", "MSI_", "IDENTITY_", "MLFLOW_TRACKING_")
OTHER_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
SET_BY_PYTHON = ("SIGPIPE", "SIGXFSZ")


def exec_command(
    command: Annotated[list[str], typer.Argument(help="The command and its arguments.", show_default=False)],
) -> None:
    """Run any command against your emulator.

    For example: workshop exec -- python my_script.py
    """
    from course_runtime.cli.places import places_for
    from course_runtime.emulator import EmulatorClient
    from course_runtime.grading import ensure_background

    places = places_for(Path.cwd())
    _, notes = ensure_background(places)
    for note in notes:
        warn(note)
    client = EmulatorClient(places)
    environment = command_environment(os.environ, client.personal().environment(), places.state)
    client.close()
    # The command inherits the lease: for as long as it runs, the emulator does not end for idleness.
    lease = client.lease()
    os.set_inheritable(lease.sock.fileno(), True)
    become(command, environment)


def command_environment(own: Mapping[str, str], clouds: Mapping[str, str], state: Path) -> dict[str, str]:
    """The user's own environment, except what would lead elsewhere; `az` gets a profile of its own.

    The kit's own programs come first in PATH: `python` is the one that has the SDKs, activated or not.
    """
    kept = {name: value for name, value in own.items() if not _leads_elsewhere(name)}
    path = os.pathsep.join([str(Path(sys.executable).parent), own.get("PATH", os.defpath)])
    return {**kept, "PATH": path, "AZURE_CONFIG_DIR": str(state / "azure-cli"), **clouds}


def _leads_elsewhere(name: str) -> bool:
    return name.upper().startswith(OTHER_WAYS_IN) or name.upper() in OTHER_PROXIES


def become(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Replaces this process: exit code, signals, terminal and standard streams are the command's own."""
    for name in SET_BY_PYTHON:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.execvpe(command[0], command, environment)
    except OSError as error:
        code, words = refusal(command[0], environment, error)
        warn(words)
        raise typer.Exit(code) from None


def refusal(name: str, environment: Mapping[str, str], error: OSError) -> tuple[int, str]:
    found = shutil.which(name, path=environment.get("PATH"))
    if isinstance(error, FileNotFoundError) and not found:
        return NOT_FOUND, f"There is no command {name!r}. Look at its spelling, or install it."
    if isinstance(error, FileNotFoundError):
        return NOT_FOUND, f"{found} names an interpreter in its first line that is not there."
    return NOT_EXECUTABLE, f"{name!r} cannot be run: {error.strerror}."

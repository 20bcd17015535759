"""A lab as a notebook user runs it: `workshop exec -- jupyter execute`, in an empty home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_runtime.emulator import EmulatorClient, Places

SIGN_IN = (
    "import os\n"
    "from azure.ai.ml import MLClient\n"
    "from azure.identity import DefaultAzureCredential\n"
    "e = os.environ\n"
    "credential = DefaultAzureCredential()\n"
    "ml = MLClient(credential, e['AZURE_SUBSCRIPTION_ID'], e['AZURE_RESOURCE_GROUP'], e['AZURE_WORKSPACE_NAME'])"
)


def run(folder: Path, cells: Sequence[str]) -> list[dict[str, Any]]:
    """Every cell must succeed; what the emulator was asked for comes back."""
    pytest.importorskip("nbclient", reason="the notebook extra is not installed")
    pytest.importorskip("ipykernel", reason="the notebook extra is not installed")
    notebook = folder / "lab.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in (SIGN_IN, *cells)]), notebook)
    environment = {**os.environ, "HOME": str(folder), "WORKSHOP_STATE": str(folder / "state")}
    workshop = [sys.executable, "-m", "course_runtime.cli"]
    try:
        command = [*workshop, "exec", "--", "jupyter", "execute", str(notebook)]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return EmulatorClient(Places.of(folder / "state")).personal().log()
    finally:
        subprocess.run([*workshop, "emulator", "stop"], cwd=folder, env=environment, check=False)

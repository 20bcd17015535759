"""The data package, read from its folder under another name: an installed kit does not call it `datasets` either."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[2] / "datasets"
NAME = "kit_data_under_test"


def load(module: str = "diabetes") -> ModuleType:
    """One of its modules, by its dotted name within the package."""
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(NAME, FOLDER / "__init__.py")
        assert spec is not None and spec.loader is not None
        sys.modules[NAME] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[NAME])
    return importlib.import_module(f"{NAME}.{module}")

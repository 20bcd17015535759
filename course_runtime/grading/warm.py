"""What the grader does once, so that forked checks find it done."""

from __future__ import annotations

import contextlib
import importlib

from course_runtime.sandbox import rehearse

TABLES = ("numpy", "pandas", "pyarrow", "pyarrow.pandas_compat")


def warm_tables() -> None:
    """What graders that judge arrays and tables import, and then call."""
    for name in TABLES:
        with contextlib.suppress(ImportError):  # then it is for the check to say so
            importlib.import_module(name)
    rehearse(TABLES)

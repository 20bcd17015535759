"""What the grader does once, so that forked checks find it done."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import ModuleType

TABLES = ("numpy", "pandas", "pyarrow", "pyarrow.pandas_compat")
SAMPLE = '''
from course_runtime.grading import todo

@todo("0.1", points=1)
def test_nothing():
    """Nothing is asked."""
    value = 1
    assert value == 1, "one"
'''


def warm_tables() -> None:
    """What graders that judge arrays and tables import."""
    for name in TABLES:
        with contextlib.suppress(ImportError):  # then it is for the check to say so
            importlib.import_module(name)


def warm_session(pytest: ModuleType, folder: Path) -> None:
    """One pytest session over an empty grader: the first is the slow one.

    In a folder of the kit's own: one of the system's would be left behind when the grader ends meanwhile.
    """
    from course_runtime.grading.checking import PYTEST_OPTIONS
    from course_runtime.grading.plugin import CheckPlugin, Outcomes

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # The grader's tests are read from other users' folders at times: leave no bytecode there.
    sys.dont_write_bytecode = True
    plugin = CheckPlugin(None, None, "warm", lambda _: True, Outcomes())  # type: ignore[arg-type]
    silence = io.StringIO()
    folder.mkdir(exist_ok=True)
    (folder / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    with redirect_stdout(silence), redirect_stderr(silence):
        pytest.main([str(folder), *PYTEST_OPTIONS, f"--rootdir={folder}", "-c", os.devnull], plugins=[plugin])

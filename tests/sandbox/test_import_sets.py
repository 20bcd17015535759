from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course_runtime.sandbox import import_sets

ROOT = Path(__file__).parents[2]


def test_a_missing_library_is_named_and_the_others_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = import_sets.ImportSet(("no_such_library", "wave"))
    monkeypatch.setitem(import_sets.IMPORT_SETS, "odd", wanted)
    sys.modules.pop("wave", None)
    [problem] = import_sets.make_imports("odd")
    assert problem.startswith("no_such_library: ModuleNotFoundError")
    assert "wave" in sys.modules


def test_lazy_modules_that_are_gone_are_skipped_in_silence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = tmp_path / "modules.txt"
    listed.write_text("# comment\nno_such_library\nwave\n")
    monkeypatch.setitem(import_sets.IMPORT_SETS, "odd", import_sets.ImportSet((), listed))
    assert import_sets.make_imports("odd") == []


def test_importing_this_room_is_cheap() -> None:
    source = "import sys, course_runtime.sandbox; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy = {"numpy", "pandas", "pyarrow", "azure", "ctypes", "multiprocessing", "asyncio"}
    assert heavy.isdisjoint(done.stdout.split())


def test_a_set_for_azure_and_data_has_all_that_both_have() -> None:
    sets = import_sets.IMPORT_SETS
    both = {*sets["azure"].modules, *sets["data"].modules}
    assert both < set(sets["azure-data"].modules)
    assert sets["azure-data"].lazy == sets["azure"].lazy


def test_a_set_for_learning_in_azure_has_what_jobs_and_azure_data_have() -> None:
    sets = import_sets.IMPORT_SETS
    both = {*sets["azure-data"].modules, *sets["job"].modules}
    assert both <= set(sets["azure-learning"].modules)
    assert sets["azure-learning"].lazy == sets["azure"].lazy

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from course_runtime.sandbox.root_filesystem import interpreter_paths, outermost


def test_a_path_inside_another_is_left_out() -> None:
    assert outermost(["/x/b/c", "/x/b", "/x/bc", "/"]) == ["/x/b", "/x/bc"]


def test_what_a_link_leads_to_is_shown_too(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert outermost([str(tmp_path / "link")]) == [str(tmp_path / "link"), str(tmp_path / "real")]


def test_only_our_package_is_shown_of_its_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(__file__).parents[2] / "course_runtime"
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])
    shown = interpreter_paths()
    assert str(package) in shown
    assert str(package.parent) not in shown
    assert sys.base_prefix in shown

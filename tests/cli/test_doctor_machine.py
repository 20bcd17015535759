from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli import doctor_machine
from course_runtime.cli.doctor_machine import (
    bytecode,
    clock,
    editor,
    free_disk,
    installed_versions,
    packages,
    python_version,
    required,
)


@pytest.mark.parametrize(
    ("version", "fine"), [((3, 9, 9), False), ((3, 10, 0), True), ((3, 13, 5), True), ((3, 14, 0), False)]
)
def test_python_versions(version: tuple[int, int, int], fine: bool) -> None:
    finding = python_version(version)
    assert finding.fine is fine and bool(finding.mend) is not fine


def test_the_essential_packages_are_asked_for() -> None:
    assert "azure-ai-ml" in required()
    assert installed_versions({"pytest": "", "no-such-package": "1.0"})["no-such-package"] == ("1.0", "")


def test_a_missing_package_blocks_and_another_version_does_not() -> None:
    missing = packages({"a": ("1.0", ""), "b": ("", "2.0")})
    assert missing.blocks and "a" in missing.detail and missing.mend
    other = packages({"a": ("1.0", "1.1")})
    assert not other.fine and not other.blocks and "a 1.1 instead of 1.0" in other.detail
    assert packages({"a": ("1.0", "1.0"), "b": ("", "9")}).fine


def test_content(content: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WORKSHOP_CONTENT", str(content))
    assert "module7" in doctor_machine.content().detail
    monkeypatch.setenv("WORKSHOP_CONTENT", str(tmp_path))
    assert doctor_machine.content().blocks


def test_a_disk_is_looked_at_before_the_folder_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_machine, "LITTLE_DISK", 0)
    assert free_disk(tmp_path / "not" / "yet").fine
    monkeypatch.setattr(doctor_machine, "LITTLE_DISK", 10**18)
    assert not free_disk(tmp_path).fine and not free_disk(tmp_path).blocks
    monkeypatch.setattr(doctor_machine, "TOO_LITTLE_DISK", 10**18)
    assert free_disk(tmp_path).blocks


def test_uncompiled_imports_are_a_note() -> None:
    finding = bytecode({"PYTHONDONTWRITEBYTECODE": "1"})
    assert not finding.fine and not finding.blocks and finding.mend == "unset PYTHONDONTWRITEBYTECODE"
    assert bytecode({}).fine


def test_a_clock_before_the_kit_was_made_is_wrong() -> None:
    assert clock(now=0, kit_made=1_700_000_000).blocks
    assert clock(now=1_700_000_001, kit_made=1_700_000_000).fine


def test_an_editor_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "vim" else None)
    assert editor({"EDITOR": "vim -p"}).detail == "vim -p"
    assert not editor({}).fine and not editor({}).blocks

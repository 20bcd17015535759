from __future__ import annotations

import pytest
import typer.main

from course_runtime.cli.app import COMMANDS, GROUPS, build_app
from course_runtime.cli.running import run


def commands(wanted: str = "") -> list[str]:
    return sorted(typer.main.get_group(build_app(wanted)).commands)


def test_all_are_there_unless_one_is_asked_for() -> None:
    everything = sorted((*COMMANDS, *GROUPS))
    assert commands() == commands("--help") == commands("chekc") == everything
    assert commands("check") == ["check"]


@pytest.mark.parametrize("name", [*COMMANDS, *GROUPS])
def test_one_alone_says_the_same_of_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    alone = capsys.readouterr().out
    every = typer.main.get_group(build_app()).commands
    assert f"Usage: workshop {name}" in alone
    assert (every[name].help or "").split(".")[0] in alone

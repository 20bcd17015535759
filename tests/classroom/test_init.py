from __future__ import annotations

import subprocess
import sys

import pytest

import course_runtime.classroom as room


@pytest.mark.parametrize("name", room.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(room, name).__name__ == name


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = room.nothing_of_ours


def test_the_room_costs_nothing_until_it_is_used() -> None:
    heavy = "{'sqlite3', 'zipfile', 'rich', 'concurrent.futures', 'pytest', 'azure'}"
    code = f"import course_runtime.classroom, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

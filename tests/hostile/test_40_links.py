"""40 Links in the folder that is handed in, to what others have there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course_runtime.grading import KitError

from .attack import Attack
from .kit import Kit


def test_a_linked_source_is_not_read(attack: Attack, kit: Kit) -> None:
    secret = kit.folder / "others/exercise.py"
    link = kit.folder / "linked/exercise.py"
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    with pytest.raises(KitError, match="it is a link"):
        kit.check(link)


def test_linked_files_are_left_out(attack: Attack, kit: Kit) -> None:
    folder = kit.folder / "attack"
    folder.mkdir(exist_ok=True)
    names = {"notes.txt": kit.folder / "state/notes.txt", "all": kit.folder, "root": Path("/")}
    for name, target in names.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    result = attack("import os", "raise RuntimeError(sorted(os.listdir('.')))")
    for name in names:
        (folder / name).unlink()
        assert f"'{name}'" not in result.todos[0].message


def test_a_pipe_for_a_source_does_not_block(kit: Kit) -> None:
    pipe = kit.folder / "pipe/exercise.py"
    pipe.parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    with pytest.raises(KitError):
        kit.check(pipe)
    pipe.unlink()

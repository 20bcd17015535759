"""38 Locks on shared files, and shared memory filled up."""

from __future__ import annotations

from pathlib import Path

from .attack import RIGHT, Attack
from .kit import Kit

SOURCE = """
import fcntl, os
held = []
for folder, _, files in os.walk("/usr/lib"):
    for name in files[:1]:
        try:
            file = open(os.path.join(folder, name), "rb")
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held.append(file)
        except OSError:
            pass
    if len(held) > 500:
        break
def fill():
    with open("/dev/shm/large", "wb") as file:
        while True: file.write(bytes(10**7))
"""


def test_another_check_goes_on(attack: Attack) -> None:
    attack(SOURCE, RIGHT, points=3)


def test_its_shared_memory_is_its_own(attack: Attack, kit: Kit) -> None:
    before = sorted(path.name for path in Path("/dev/shm").iterdir())
    result = attack(SOURCE, "fill()")
    assert "256 MB" in result.todos[0].message
    assert sorted(path.name for path in Path("/dev/shm").iterdir()) == before

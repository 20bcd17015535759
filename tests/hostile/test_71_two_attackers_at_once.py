"""71 Several attackers and honest students at once, on the same warm worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from .attack import NOTHING, honest, shaped
from .kit import Kit, eventually

ATTACKS = (
    "while True: pass",
    "os._exit(0)",
    "os.kill(-1, 9)",
    "bytearray(10**11)",
    "[os.fork() for _ in range(9)]",
    "os.system('sleep 100 &')",
)


def test_each_gets_their_own_grade(kit: Kit) -> None:
    attackers = [
        kit.write(f"many{n}/exercise.py", shaped("import os", way, NOTHING)) for n, way in enumerate(ATTACKS)
    ]
    students = [kit.write(f"student{n}/exercise.py", honest()) for n in range(6)]
    with ThreadPoolExecutor(4) as pool:
        grades = list(pool.map(lambda path: kit.check(path).score, [*attackers, *students]))
    assert grades == [0] * 6 + [5] * 6
    assert eventually(lambda: kit.workers() == [])

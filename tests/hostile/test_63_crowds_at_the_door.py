"""63 The door: thousands of connections, silent ones, endless requests."""

from __future__ import annotations

from .attack import RIGHT, Attack, honest
from .kit import Kit

SOURCE = """
import socket
kept = []
def crowd():
    for _ in range(900):
        try:
            kept.append(socket.create_connection(("127.0.0.1", 4430), timeout=1))
        except OSError:
            pass
def endless():
    door = socket.create_connection(("127.0.0.1", 4430), timeout=1)
    try:
        door.sendall(b"GET http://management.azure.com/ HTTP/1.1\\r\\n")
        for n in range(20_000):
            door.sendall(b"X-%d: " % n + b"x" * 1000 + b"\\r\\n")
    except OSError:
        pass
"""


def test_a_crowd_only_costs_its_own_time(attack: Attack, kit: Kit) -> None:
    """Its door may not keep up with 900 clients at once; other checks do not notice."""
    result = attack(SOURCE, "crowd()")
    assert result.todos[0].status in ("failed", "timeout")
    assert kit.check(kit.write("honest/exercise.py", honest())).passed


def test_a_head_without_end_is_cut_off(attack_in_py: Attack) -> None:
    attack_in_py(SOURCE, f"endless()\n{RIGHT}", points=3)

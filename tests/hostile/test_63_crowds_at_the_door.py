"""63 The door: thousands of connections, silent ones, endless requests."""

from __future__ import annotations

from .attack import Attack, RIGHT

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


def test_others_are_served_meanwhile(attack: Attack) -> None:
    attack(SOURCE, f"crowd()\n{RIGHT}", points=3)


def test_a_head_without_end_is_cut_off(attack_in_py: Attack) -> None:
    attack_in_py(SOURCE, f"endless()\n{RIGHT}", points=3)

"""8 Secrets of whoever runs the check: environment, ~/.azure, the metadata service of the real machine."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os
def loot():
    found = [f"{name}={value}" for name, value in os.environ.items() if "TOKEN" in name]
    for home in ("~", "/root", "/home"):
        for name in (".azure", ".ssh", ".aws", ".netrc", ".git-credentials", ".bash_history", ".config"):
            path = os.path.join(os.path.expanduser(home), name)
            found += [path] if os.path.exists(path) else []
    return found
"""
METADATA = """
import socket
def reach():
    socket.create_connection(("169.254.169.254", 80), timeout=1)
"""


def test_none_is_there(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message


def test_the_real_metadata_service_is_out_of_reach(attack: Attack) -> None:
    result = attack(METADATA, "return reach()")
    assert "There is no network in here" in result.todos[0].message

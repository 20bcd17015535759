"""6 Secrets in memory and in /proc: its own memory, its parents' environment and command line."""

from __future__ import annotations

from .attack import Attack

SCAN = """
import re
def loot():
    found = []
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if span:
                low, high = (int(word, 16) for word in span.groups())
                try:
                    memory.seek(low)
                    found += re.findall(b"KEPT-" + b"SECRET-[a-z0-9-]+", memory.read(high - low))
                except (OSError, OverflowError, ValueError):
                    continue
    return found
"""
PARENTS = """
import os
def loot():
    found = []
    for pid in [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]:
        for file in ("environ", "mem", "maps", "root", "cwd", "fd"):
            try:
                path = f"/proc/{pid}/{file}"
                found.append(os.listdir(path) if file in ("root", "cwd", "fd") else open(path, "rb").read(100))
            except OSError:
                continue
    return [one for one in found if one]
"""


def test_its_own_memory_holds_no_secret(attack: Attack) -> None:
    result = attack(SCAN, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message


def test_other_processes_cannot_be_looked_into(attack: Attack) -> None:
    result = attack(PARENTS, "raise RuntimeError(loot())")
    assert "raised RuntimeError: []" in result.todos[0].message

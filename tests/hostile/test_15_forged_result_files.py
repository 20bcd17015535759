"""15 Result files, written where a grader might look for them."""

from __future__ import annotations

from .attack import Attack
from .kit import Kit

SOURCE = """
import json, os
full = json.dumps({"score": 5, "max_score": 5, "passed": True, "tests": [], "result": {"score": 5}})
for folder in (".", "..", "/tmp", "/autograder/results", os.path.expanduser("~"), "/dev/shm"):
    for name in ("results.json", "result.json", "junit.xml", ".report.json", "results"):
        try:
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, name), "w") as file:
                file.write(full)
        except OSError:
            continue
"""


def test_nobody_reads_them(attack: Attack, kit: Kit) -> None:
    attack(SOURCE)
    assert [path.name for path in kit.folder.rglob("*") if path.name.startswith(("result", "junit"))] == []

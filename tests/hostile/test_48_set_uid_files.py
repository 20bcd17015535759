"""48 Set-uid files, devices and capabilities, left behind or used inside."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os, shutil, subprocess
def escalate():
    shutil.copy("/bin/sh", "sh")
    os.chmod("sh", 0o6755)
    seen = subprocess.run(["./sh", "-c", "id -u; id -ru"], capture_output=True, text=True).stdout.split()
    for number in (0o60000 | 0o666, 0o20000 | 0o666):
        try:
            os.mknod("device", number, os.makedev(8, 0))
            seen.append("device")
        except OSError:
            pass
    for call in (lambda: os.setuid(0), lambda: os.chown("sh", 0, 0), lambda: os.setxattr("sh", "security.capability", b"x")):
        try:
            call()
            seen.append("allowed")
        except OSError:
            pass
    return seen
"""


def test_nothing_is_gained_by_them(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(escalate())")
    message = result.todos[0].message.splitlines()[0]
    assert "'0'" not in message and "device" not in message and "allowed" not in message

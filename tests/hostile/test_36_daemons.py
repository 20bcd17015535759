"""36 Processes that want to stay: double forks, sessions of their own, ignored signals."""

from __future__ import annotations

from .attack import RIGHT, Attack
from .kit import command, eventually, processes

SOURCE = """
import os, signal, subprocess, time
def stay():
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)
stay()
subprocess.Popen(["sleep", "98765.4321"], start_new_session=True)
subprocess.Popen("nohup sleep 98765.4321 & disown", shell=True)
"""


def test_none_outlives_the_check(attack: Attack) -> None:
    attack(SOURCE, RIGHT, points=3)
    assert eventually(lambda: not any(b"98765.4321" in command(pid) for pid in processes()))

"""68 Timers, alarms and signal handlers that go off between two questions."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import faulthandler, os, signal, sys
def strike(*_): raise SystemExit(0)
for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF, signal.SIGUSR1):
    signal.signal(number, strike)
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
faulthandler.cancel_dump_traceback_later()
faulthandler.disable()
"""


def test_they_end_nobody_else(attack: Attack) -> None:
    attack(SOURCE)

"""50 The clock: set back, replaced, or another time zone."""

from __future__ import annotations

import time

from .attack import Attack

SOURCE = """
import ctypes, os, time
def set_clock():
    libc = ctypes.CDLL(None, use_errno=True)
    done = [name for name in ("settimeofday", "clock_settime", "stime") if hasattr(libc, name)
            and getattr(libc, name)(0, ctypes.byref((ctypes.c_long * 2)(1, 0))) == 0]
    try:
        time.clock_settime(time.CLOCK_REALTIME, 0)
        done.append("time")
    except OSError: pass
    return done
time.time = lambda: 0.0
os.environ["TZ"] = "Pacific/Kiritimati"
time.tzset()
"""


def test_it_cannot_be_set(attack: Attack) -> None:
    before = time.time()
    result = attack(SOURCE, "raise RuntimeError(set_clock())")
    assert "raised RuntimeError: []" in result.todos[0].message
    assert time.time() >= before
    assert 0 < result.seconds < 600

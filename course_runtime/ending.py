"""The end of a process, as the interpreter brings it about, before its memory is cleared.

To clear it object by object takes longer than many a command; the kernel does it at once.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from typing import Any


def before_the_end() -> None:
    """Wait for threads, then run what was registered."""
    steps: tuple[Callable[[], Any], ...] = (threading._shutdown, atexit._run_exitfuncs)  # type: ignore[attr-defined]
    for step in steps:
        step()

"""Whether workers are jailed at all: on Linux, unless it was switched off."""

from __future__ import annotations

import os
import sys

SWITCH = "WORKSHOP_SANDBOX"
UNSANDBOXED = "unsandboxed"


def jailed() -> bool:
    return sys.platform == "linux" and os.environ.get(SWITCH, "").lower() != "off"


def why_unsandboxed() -> str:
    reason = f"{SWITCH}=off" if sys.platform == "linux" else f"there is no jail on {sys.platform}"
    return f"{reason}: the code runs as you, and can read, change and send whatever you can"

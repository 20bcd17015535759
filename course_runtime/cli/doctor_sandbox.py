"""Which walls of the sandbox stand on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course_runtime.cli.finding import Finding

if TYPE_CHECKING:
    from course_runtime.emulator import Places
    from course_runtime.sandbox import Mechanism

SECONDS_TO_START = 30.0


def sandbox_findings(places: Places) -> list[Finding]:
    from course_runtime.sandbox import SandboxError

    try:
        return findings_of(mechanisms(places))
    except (SandboxError, OSError) as error:
        return [
            Finding("Sandbox", False, str(error), "Look at the end of the message above, then check again.")
        ]


def mechanisms(places: Places) -> tuple[Mechanism, ...]:
    """A zygote of our own, and one worker of it that does nothing."""
    from course_runtime.sandbox import JailSpec, Zygote

    socket_path = places.runtime / f"doctor-{os.getpid()}.sock"
    process = Zygote.start("plain", socket_path)
    try:
        zygote = Zygote(socket_path)
        zygote.wait_until_ready(SECONDS_TO_START)
        with zygote.spawn(JailSpec(environment={})) as worker:
            return worker.mechanisms
    finally:
        process.terminate()
        process.wait()
        for left in places.runtime.glob(f"{socket_path.name}*"):
            left.unlink(missing_ok=True)


def findings_of(tried: Sequence[Mechanism]) -> list[Finding]:
    """A wall that does not stand makes grading others' work less safe; your own checks run all the same."""
    held = [mechanism.name for mechanism in tried if mechanism.held]
    fallen = [mechanism for mechanism in tried if not mechanism.held]
    findings = [Finding("Sandbox", bool(held), f"these hold: {', '.join(held) or 'none'}", needed=False)]
    for mechanism in fallen:
        detail = f"{mechanism.name} does not hold here. {mechanism.detail}".strip()
        findings.append(Finding("Sandbox", False, detail, needed=False))
    return findings

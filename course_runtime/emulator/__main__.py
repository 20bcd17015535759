"""`python -m course_runtime.emulator --state DIR`: the personal emulator in this process, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import resource
import signal
import sys
from pathlib import Path

from course_runtime.emulator.places import Places, PlaceUnusable

ENOUGH_DESCRIPTORS = 8_192


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m course_runtime.emulator", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="the folder that its cloud lives in")
    parser.add_argument(
        "--port", type=int, help="the proxy's port; the last one, or a free one, when left away"
    )
    parser.add_argument("--idle-seconds", type=float, help="end after so long without a request")
    options = parser.parse_args()
    try:
        asyncio.run(_serve(options))
    except PlaceUnusable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


async def _serve(options: argparse.Namespace) -> None:
    from course_runtime.emulator.server import Server

    _allow_descriptors()
    server = Server(Places.of(options.state), port=options.port, idle_seconds=options.idle_seconds)
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, server.stop)
    await server.run()


def _allow_descriptors() -> None:
    """Every client is a descriptor, and many systems allow only 1,024 until asked for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    sys.exit(main())

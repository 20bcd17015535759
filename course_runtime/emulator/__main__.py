"""`python -m course_runtime.emulator --state DIR`: the personal emulator in this process, until it is told to stop."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_runtime.emulator.places import Places, PlaceUnusable
from course_runtime.emulator.running import run_emulator


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m course_runtime.emulator", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="the folder that its cloud lives in")
    parser.add_argument(
        "--port", type=int, help="the proxy's port; the last one, or a free one, when left away"
    )
    parser.add_argument("--idle-seconds", type=float, help="end after so long without a request")
    options = parser.parse_args()
    try:
        run_emulator(Places.of(options.state), port=options.port, idle_seconds=options.idle_seconds)
    except PlaceUnusable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Run by test_unprivileged.py as an ordinary user: prints what a worker of theirs says, as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from course_runtime.sandbox import JailSpec, SandboxError, Zygote

SOURCE = """
import os, subprocess, time
def look(): return {"pids": sorted(int(n) for n in os.listdir("/proc") if n.isdigit()), "uid": os.getuid()}
def loop():
    subprocess.Popen(["sleep", "87654.321"], start_new_session=True)
    while True: pass
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "z"
        process = Zygote.start("plain", path)
        zygote = Zygote(path)
        zygote.wait_until_ready(30)
        with zygote.spawn(JailSpec(environment={})) as worker:
            worker.load("exercise", SOURCE, "exercise.py", {})
            seen = worker.call("exercise.look").value
            failure = worker.call("exercise.loop", seconds=0.5).failure
            held = {one.name: one.held for one in worker.mechanisms}
        process.terminate()
        process.wait()
    json.dump({"seen": seen, "kind": failure.kind if failure else None, "held": held}, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except SandboxError as problem:
        sys.exit(str(problem))

from __future__ import annotations

import socket
import subprocess
import sys

WAIT = """
import socket, sys, time
from course_runtime.grading.client_gone import ClientGone, end_with_client
connection = socket.socket(fileno=int(sys.argv[1]))
try:
    end_with_client(connection)
    print("ready", flush=True)
    while True:
        try:
            time.sleep(60)
        except Exception:
            pass
except ClientGone as error:
    sys.exit(0 if isinstance(error, KeyboardInterrupt) else 1)
"""


def test_the_main_thread_ends_when_the_client_closes() -> None:
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-c", WAIT, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        stdout=subprocess.PIPE,
        text=True,
    )
    theirs.close()
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    assert process.poll() is None
    ours.close()
    assert process.wait(timeout=30) == 0
    process.stdout.close()

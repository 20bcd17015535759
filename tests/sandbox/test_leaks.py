"""A hundred workers of each kind of ending leave nothing: no process, mount, socket, descriptor, cgroup or file."""

from __future__ import annotations

import os

from course_runtime.sandbox import JailSpec, Zygote

from .conftest import linux_only
from .leaks import remains
from .test_zygote import eventually

WORKERS = int(os.environ.get("WORKSHOP_LEAK_WORKERS", "100"))
ENDINGS = (
    "def f(): return 1",
    "import os\ndef f(): os._exit(0)",
    "import os\ndef f(): os.kill(os.getpid(), 9)",
    "import subprocess\ndef f(): subprocess.Popen(['sleep', '60'], start_new_session=True)",
    "def f():\n    open('a', 'w').write('x')\n    open('/tmp/b', 'w').write('x')\n    raise ValueError",
    "import socket, threading, time\nkept = socket.create_server(('127.0.0.1', 0))\n"
    "threading.Thread(target=time.sleep, args=(60,)).start()\ndef f(): return 1",
)


@linux_only
def test_nothing_is_left(zygote: Zygote) -> None:
    pid = int(zygote.report()["pid"])
    one_worker(zygote, ENDINGS[0])
    assert eventually(lambda: remains(pid).processes == 0)
    before = remains(pid)
    for number in range(WORKERS):
        one_worker(zygote, ENDINGS[number % len(ENDINGS)])
    assert eventually(lambda: remains(pid) == before), (before, remains(pid))


def one_worker(zygote: Zygote, source: str) -> None:
    with zygote.spawn(JailSpec(environment={})) as worker:
        worker.load("exercise", source, "exercise.py", {})
        worker.call("exercise.f", seconds=10)

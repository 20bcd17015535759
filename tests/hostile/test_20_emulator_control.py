"""20 The emulator's own controls: its clock, its other clouds, its end, through the only door."""

from __future__ import annotations

from course_runtime.grading.background import current_status

from .attack import Attack
from .kit import Kit

SOURCE = """
import socket
REQUESTS = (
    "GET /status", "POST /stop", "POST /reset", "POST /clouds", "GET /clouds/personal/log", "GET http://control/status",
    "POST http://127.0.0.1:4430/stop", "POST http://localhost/clouds/personal/clock", "CONNECT 127.0.0.1:22",
    "CONNECT localhost:4430", "GET unix:/tmp/control.sock", "CONNECT control.sock:1",
    "GET http://management.azure.com/../../clouds/personal/log", "POST http://management.azure.com/stop",
    "GET http://management.azure.com//clouds/personal/azure/management.azure.com/subscriptions",
)
def ask(request):
    with socket.create_connection(("127.0.0.1", 4430), timeout=1) as door:
        door.sendall(f"{request} HTTP/1.1\\r\\nHost: control\\r\\nContent-Length: 0\\r\\n\\r\\n".encode())
        return door.recv(100).split(b" ")[1].decode()
"""


def test_none_of_them_is_behind_it(attack: Attack, kit: Kit) -> None:
    before = current_status(kit.places)
    result = attack(SOURCE, "raise RuntimeError([ask(request) for request in REQUESTS])")
    answers = result.todos[0].message.splitlines()[0].partition("RuntimeError: ")[2]
    assert answers.startswith("[")
    assert "'2" not in answers
    after = current_status(kit.places)
    assert before and after and before["pid"] == after["pid"]

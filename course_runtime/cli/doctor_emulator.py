"""Does the emulator start, and does a client reach it by an Azure host's name?"""

from __future__ import annotations

import http.client
import ssl
import time
from typing import TYPE_CHECKING

from course_runtime.cli.finding import Finding

if TYPE_CHECKING:
    from course_runtime.emulator import Places

HOST = "management.azure.com"
STOP_IT = "workshop emulator stop"


def emulator_findings(places: Places) -> list[Finding]:
    from course_runtime.grading import KitError, ensure_background

    started = time.perf_counter()
    try:
        status, notes = ensure_background(places)
    except KitError as error:
        return [Finding("Emulator", False, error.message, error.next_step)]
    seconds = time.perf_counter() - started
    detail = f"answers at http://127.0.0.1:{status['port']} after {seconds:.2f} s. {' '.join(notes)}".strip()
    return [Finding("Emulator", True, detail), front_door(status["port"], str(places.bundle))]


def front_door(port: int, bundle: str) -> Finding:
    """As an SDK goes: through the proxy, trusting the bundle. A refusal to an unknown caller is an answer."""
    started = time.perf_counter()
    try:
        context = ssl.create_default_context(cafile=bundle)
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
        connection.set_tunnel(HOST)
        connection.request("GET", "/subscriptions?api-version=2022-12-01")
        connection.getresponse().read()
        connection.close()
    except (OSError, http.client.HTTPException) as error:
        return Finding("Certificates", False, f"https://{HOST} cannot be reached: {error}", STOP_IT)
    milliseconds = (time.perf_counter() - started) * 1000
    return Finding(
        "Certificates", True, f"https://{HOST} answers in {milliseconds:.0f} ms, trusting {bundle}"
    )

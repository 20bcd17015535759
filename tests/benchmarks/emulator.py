"""The emulator under load: eight clients at once, ten thousand resources in the store, pages listed to the end."""

from __future__ import annotations

import http.client
import json
import random
import ssl
import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from course_runtime.emulator import Cloud, EmulatorClient, Places

RESOURCES = 10_000
CLIENTS = 8
REQUESTS_EACH = 400
ARM = "management.azure.com"
VERSION = "api-version=2024-04-01"


@dataclass(frozen=True)
class Load:
    """The emulator's own seconds in a request, and what listing every page added to its memory."""

    p50: float
    p95: float
    by_method: dict[str, float]
    pages: int
    listed: int
    grown_mb: float | None


def under_load(places: Places, resources: int = RESOURCES, requests_each: int = REQUESTS_EACH) -> Load:
    client = EmulatorClient(places)
    cloud = client.personal()
    models = _models(cloud)
    _fill(cloud, models, resources)
    token = cloud.token(cloud.access.object_id)
    before = _last_number(cloud)
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(
            pool.map(
                lambda seed: _visit(cloud, token, models, resources, requests_each, seed), range(CLIENTS)
            )
        )
    entries = cloud.log(before)
    pages, listed, grown = _list_all(cloud, token, models, int(client.status()["pid"]))
    seconds = [entry["seconds"] for entry in entries]
    methods = {
        method: statistics.median(one["seconds"] for one in entries if one["method"] == method)
        for method in sorted({entry["method"] for entry in entries})
    }
    return Load(
        statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1], methods, pages, listed, grown
    )


def _models(cloud: Cloud) -> str:
    access = cloud.access
    return (
        f"/subscriptions/{access.subscription_id}/resourceGroups/{access.resource_group}/providers/"
        f"Microsoft.MachineLearningServices/workspaces/{access.workspace}/models"
    )


def _fill(cloud: Cloud, models: str, resources: int) -> None:
    for number in range(resources):
        answer = cloud.request("PUT", f"{models}/m{number}?{VERSION}", _body(number))
        if answer.status >= 400:
            raise RuntimeError(f"The emulator refused model {number}: {answer.body}")


def _body(number: int) -> dict[str, object]:
    return {"properties": {"description": f"Model number {number}", "tags": {"round": str(number % 10)}}}


def _last_number(cloud: Cloud) -> int:
    log = cloud.log()
    return int(log[-1]["number"]) if log else 0


def _connect(cloud: Cloud) -> http.client.HTTPSConnection:
    """A connection kept alive through the door, as an SDK's session keeps it."""
    proxy = urlsplit(cloud.proxy)
    context = ssl.create_default_context(cafile=str(cloud.trust))
    connection = http.client.HTTPSConnection(str(proxy.hostname), proxy.port, context=context, timeout=60)
    connection.set_tunnel(ARM)
    return connection


def _send(
    connection: http.client.HTTPSConnection, token: str, method: str, path: str, body: object = None
) -> dict:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    response = connection.getresponse()
    content = response.read()
    if response.status >= 400:
        raise RuntimeError(f"{method} {path} was answered {response.status}: {content.decode()}")
    return json.loads(content)


def _visit(cloud: Cloud, token: str, models: str, resources: int, requests: int, seed: int) -> None:
    """One client: of ten requests about six GETs, three PUTs and one page of ten, drawn at random."""
    chance = random.Random(seed)
    connection = _connect(cloud)
    for _ in range(requests):
        number, dice = chance.randrange(resources), chance.random()
        one = f"{models}/m{number}?{VERSION}"
        if dice < 0.6:
            _send(connection, token, "GET", one)
        elif dice < 0.9:
            _send(connection, token, "PUT", one, _body(number))
        else:
            _send(connection, token, "GET", f"{models}?{VERSION}&$top=10")
    connection.close()


def _list_all(cloud: Cloud, token: str, models: str, pid: int) -> tuple[int, int, float | None]:
    """Every page by `nextLink`: how many pages, how many resources, and by how much the emulator grew."""
    connection = _connect(cloud)
    before = _resident_mb(pid)
    pages = listed = 0
    path: str | None = f"{models}?{VERSION}"
    while path:
        page = _send(connection, token, "GET", path)
        pages, listed = pages + 1, listed + len(page["value"])
        link = urlsplit(page.get("nextLink") or "")
        path = f"{link.path}?{link.query}" if link.path else None
    connection.close()
    after = _resident_mb(pid)
    return pages, listed, None if before is None or after is None else after - before


def _resident_mb(pid: int) -> float | None:
    """Linux only; elsewhere nothing is said."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024

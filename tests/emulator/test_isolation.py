"""Nothing leads from one cloud to another, and nothing of a cloud is left when it is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from course_runtime.emulator import Cloud, Emulator
from course_runtime.emulator.server import SECONDS_A_CHECK_CLOUD_MAY_IDLE

from .front.clients import everything, request_bytes, tunnel


def test_a_subscription_of_another_cloud_is_not_there(new_cloud: Callable[[], Cloud]) -> None:
    mine, other = new_cloud(), new_cloud()
    path = f"/subscriptions/{other.access.subscription_id}/resourceGroups/rg"
    assert mine.request("GET", path).status == 404
    assert mine.request("GET", path, token=mine.token(mine.access.object_id)).status == 404


def test_a_token_of_another_cloud_opens_nothing(new_cloud: Callable[[], Cloud]) -> None:
    mine, other = new_cloud(), new_cloud()
    token = other.token(other.access.object_id)
    for cloud in (mine, other):
        path = f"/subscriptions/{cloud.access.subscription_id}"
        assert mine.request("GET", path, token=token).status == 401


def test_secrets_and_names_of_another_cloud_sign_nobody_in(new_cloud: Callable[[], Cloud]) -> None:
    mine, other = new_cloud(), new_cloud()
    form = (
        f"grant_type=client_credentials&client_id={other.access.client_id}"
        f"&client_secret={other.access.client_secret}&scope=x"
    ).encode()
    for tenant in (mine.access.tenant_id, other.access.tenant_id):
        path = f"/{tenant}/oauth2/v2.0/token"
        assert mine.request("POST", path, form, host="login.microsoftonline.com").status == 400


def test_the_door_decides_whatever_the_client_says(new_cloud: Callable[[], Cloud]) -> None:
    mine, other = new_cloud(), new_cloud()
    with tunnel(mine) as client:
        client.sendall(request_bytes(other, "/subscriptions", more="Connection: close\r\n"))
        assert everything(client).startswith(b"HTTP/1.1 401 ")
    assert [entry["status"] for entry in mine.log()] == [401]
    assert other.log() == []


def test_what_one_does_the_other_does_not_see(new_cloud: Callable[[], Cloud]) -> None:
    mine, other = new_cloud(), new_cloud()
    mine.add_fault(status=503, times=9)
    before = other.now()
    mine.advance(10_000)
    assert other.now() - before < 1_000
    token = other.token(other.access.object_id)
    with tunnel(other) as client:
        client.sendall(request_bytes(other, "/subscriptions", more="Connection: close\r\n"))
        assert everything(client).startswith(b"HTTP/1.1 200 ")
    assert token


def test_a_cloud_nobody_uses_is_dropped_and_one_in_use_is_not(
    new_cloud: Callable[[], Cloud], emulator: Emulator
) -> None:
    idle, used = new_cloud(), new_cloud()
    server = emulator._server
    for cloud in (idle, used):
        server._tenancies[cloud.name].used = time.monotonic() - SECONDS_A_CHECK_CLOUD_MAY_IDLE - 1
    with tunnel(used) as client:
        client.sendall(request_bytes(used, "/subscriptions", more="Connection: close\r\n"))
        everything(client)
    server._tenancies[idle.name].used = time.monotonic() - SECONDS_A_CHECK_CLOUD_MAY_IDLE - 1
    deadline = time.monotonic() + 10
    while idle.name in server._tenancies and time.monotonic() < deadline:
        time.sleep(0.05)
    assert idle.name not in server._tenancies
    assert used.name in server._tenancies
    with pytest.raises(RuntimeError, match="there is no cloud"):
        idle.log()


def test_two_checks_at_once_do_not_mix(new_cloud: Callable[[], Cloud], emulator: Emulator) -> None:
    clouds = [new_cloud(), new_cloud()]

    def work(cloud: Cloud) -> None:
        group = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/rg"
        own = emulator.client
        for number in range(40):
            path = f"{group}/providers/Microsoft.Network/virtualNetworks/n{number}"
            own.call("PUT", f"/clouds/{cloud.name}/azure/management.azure.com{path}", {"location": "eastus"})

    threads = [threading.Thread(target=work, args=(cloud,)) for cloud in clouds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for cloud in clouds:
        answer = cloud.request("GET", f"/subscriptions/{cloud.access.subscription_id}/resources")
        assert len(answer.body["value"]) == 40


def test_nothing_leaks_when_clouds_come_and_go(new_cloud: Callable[[], Cloud]) -> None:
    def open_and_close() -> None:
        cloud = new_cloud()
        with tunnel(cloud) as client:
            client.sendall(request_bytes(cloud, "/subscriptions", more="Connection: close\r\n"))
            everything(client)
        cloud.close()

    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    if not Path("/proc/self/fd").exists():
        pytest.skip("descriptors are counted by /proc, which this system lacks")
    open_and_close()
    before = held()
    for _ in range(200):
        open_and_close()
    deadline = time.monotonic() + 5
    while held() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    descriptors, threads = held()
    assert descriptors <= before[0] + 5, "descriptors stay open"
    assert threads == before[1]

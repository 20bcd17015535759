from __future__ import annotations

import array
import os
import socket
from collections.abc import Callable

import pytest

from course_runtime.emulator import Cloud, Emulator
from course_runtime.emulator.descriptors import hand_over

from .front.clients import everything


def give(emulator: Emulator, message: bytes, descriptors: list[int]) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(10)
        connection.connect(str(emulator.places.handover_socket))
        connection.sendmsg(
            [message],
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else [],
        )
        return everything(connection)


def test_a_socket_made_elsewhere_leads_into_the_cloud(
    new_cloud: Callable[[], Cloud], signed_in: Cloud
) -> None:
    import requests

    token = signed_in.token(signed_in.access.object_id)
    answer = requests.get(
        "https://management.azure.com/subscriptions", headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    assert answer.json()["value"][0]["subscriptionId"] == signed_in.access.subscription_id


def test_a_cloud_that_is_not_there_is_named(emulator: Emulator) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(RuntimeError, match="no cloud 'none'"),
    ):
        hand_over(emulator.places.handover_socket, "none", listener)


def test_givers_who_say_nothing_or_something_odd_hold_nobody_up(
    emulator: Emulator, cloud: Cloud, new_cloud: Callable[[], Cloud]
) -> None:
    silent = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    silent.connect(str(emulator.places.handover_socket))
    reading, writing = os.pipe()
    name = f'{{"cloud": "{cloud.name}"}}'.encode()
    with socket.socket() as not_listening:
        assert b"not a listening socket" in give(emulator, name, [not_listening.fileno()])
    assert b"not a listening socket" in give(emulator, name, [reading])
    assert b"one socket was expected, 0 came" in give(emulator, name, [])
    assert b"one socket was expected, 2 came" in give(emulator, name, [reading, writing])
    assert b"one socket was expected, 0 came" in give(emulator, b"[not json", [])
    assert new_cloud().proxy
    silent.close()
    os.close(reading)
    os.close(writing)

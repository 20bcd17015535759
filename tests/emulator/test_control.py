from __future__ import annotations

import time

import pytest

from course_runtime.emulator import Cloud, Emulator


def test_status_tells_what_runs(emulator: Emulator, cloud: Cloud) -> None:
    status = emulator.client.status()
    assert status["check_clouds"] >= 1
    assert status["state"] == str(emulator.places.state)
    assert status["port"] > 0


def test_a_lease_is_held_as_long_as_somebody_listens(emulator: Emulator) -> None:
    client = emulator.client
    before = client.status()["leases"]
    lease = client.lease()
    assert client.status()["leases"] == before + 1
    lease.close()
    deadline = time.monotonic() + 10
    while client.status()["leases"] != before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert client.status()["leases"] == before


def test_the_master_asks_as_anybody(cloud: Cloud, group_id: str) -> None:
    assert cloud.request("GET", group_id).status == 200
    cloud.add_principal(object_id="o", name="stranger")
    assert cloud.request("GET", group_id, token=cloud.token("o")).status == 403


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda cloud: cloud.token("nobody"), "no principal 'nobody'"),
        (lambda cloud: cloud.advance(-1), "forward only"),
        (lambda cloud: cloud.add_principal(colour="red"), "colour"),
        (lambda cloud: cloud.add_workspace("nowhere", "mine"), "nowhere"),
        (lambda cloud: cloud._client.create_cloud("Emperor"), "Emperor"),
    ],
)
def test_mistakes_of_the_kit_are_told(cloud: Cloud, act: object, words: str) -> None:
    with pytest.raises(Exception, match=words):
        act(cloud)  # type: ignore[operator]


def test_an_advance_lets_time_pass_in_one_cloud(cloud: Cloud) -> None:
    before = cloud.now()
    cloud.advance(86_400)
    assert cloud.now() - before >= 86_400


def test_a_reset_empties_the_personal_cloud_and_keeps_its_doors(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    running = Emulator(tmp_path_factory.mktemp("personal")).start()
    try:
        client = running.client
        before = client.status()
        client.reset()
        after = client.status()
        assert after["access"] != before["access"]
        assert after["port"] == before["port"]
        assert (
            client.personal().request("GET", "/subscriptions").body["value"][0]["subscriptionId"]
            == (after["access"]["subscription_id"])
        )
    finally:
        running.stop()

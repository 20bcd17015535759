"""One running emulator for all tests of the room; each test gets a cloud of its own in it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from course_runtime.emulator import Cloud, Emulator
from course_runtime.emulator.cloud import Cloud as CloudModel
from course_runtime.emulator.kernel.registry import Registry
from course_runtime.emulator.services import catalogue
from course_runtime.emulator.services.login.tokens import Keyring

GROUP = "rg"


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with pytest.MonkeyPatch.context() as environment:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "ALL_PROXY", "all_proxy"):
            environment.delenv(name, raising=False)
        running = Emulator().start()
        yield running
        running.stop()


@pytest.fixture
def new_cloud(emulator: Emulator) -> Iterator[Callable[..., Cloud]]:
    """Makes clouds with a group in each, entered through a loopback proxy."""
    made: list[Cloud] = []
    client = emulator.client

    def make(role: str = "Owner") -> Cloud:
        cloud = client.create_cloud(role)
        made.append(cloud)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            cloud.open_door(listener)
            cloud.proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        group = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/{GROUP}"
        assert cloud.request("PUT", group, {"location": "eastus"}).status == 201
        return cloud

    yield make
    for cloud in made:
        cloud.close()
    client.close()


@pytest.fixture
def cloud(new_cloud: Callable[..., Cloud]) -> Cloud:
    """A check's cloud: one student who owns the subscription, and the group `rg`."""
    return new_cloud()


@pytest.fixture
def group_id(cloud: Cloud) -> str:
    return f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/{GROUP}"


@pytest.fixture
def signed_in(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """This process sees the cloud as Azure, by its environment alone: real SDKs, nothing patched."""
    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    return cloud


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring.in_folder(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="session")
def registry() -> Registry:
    return catalogue.registry()


@pytest.fixture
def model(registry: Registry, keyring: Keyring) -> Iterator[CloudModel]:
    """A cloud without a server: its state and rules, called directly."""
    cloud = CloudModel(registry, keyring)
    yield cloud
    cloud.close()

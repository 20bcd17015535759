from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from course_runtime.emulator import Cloud, Emulator
from course_runtime.emulator.client import Answer
from course_runtime.emulator.services.login.tokens import Keyring


def ask(cloud: Cloud, authorization: str) -> Answer:
    path = f"/subscriptions/{cloud.access.subscription_id}"
    return cloud.request("GET", path, headers={"Authorization": authorization})


def code(answer: Answer) -> str:
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer authorization_uri=")
    return str(answer.body["error"]["code"])


def test_a_good_token_opens(cloud: Cloud) -> None:
    assert ask(cloud, f"bearer {cloud.token(cloud.access.object_id)}").status == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "abc"])
def test_no_token(cloud: Cloud, header: str) -> None:
    assert code(ask(cloud, header)) == "AuthenticationFailed"


@pytest.mark.parametrize("token", ["x", "a.b.c", "ü", "eyJhbGciOiJub25lIn0.e30.", "." * 5000])
def test_no_token_of_ours(cloud: Cloud, token: str) -> None:
    answer = cloud.request(
        "GET",
        "/subscriptions",
        headers={"Authorization": f"Bearer {token}".encode("latin-1").decode("latin-1")},
    )
    assert code(answer) == "InvalidAuthenticationToken"


def test_a_token_lasts_by_its_clients_clock_which_does_not_jump(cloud: Cloud) -> None:
    token = cloud.token(cloud.access.object_id)
    cloud.advance(86_400)
    assert ask(cloud, f"Bearer {token}").status == 200


def test_a_token_that_has_had_its_time(cloud: Cloud, emulator: Emulator) -> None:
    keyring: Keyring = emulator._server._keyring
    claims = {
        "aud": "https://management.azure.com",
        "oid": cloud.access.object_id,
        "tid": cloud.access.tenant_id,
    }
    past = keyring.sign({**claims, "exp": time.time() - 1, "iss": "i"})
    assert code(ask(cloud, f"Bearer {past}")) == "ExpiredAuthenticationToken"


def test_a_token_for_something_else(cloud: Cloud) -> None:
    token = cloud.token(cloud.access.object_id, "https://storage.azure.com")
    answer = ask(cloud, f"Bearer {token}")
    assert code(answer) == "InvalidAuthenticationTokenAudience"
    assert "'https://storage.azure.com'" in answer.body["error"]["message"]


def test_an_identity_token_is_no_access_token(cloud: Cloud, emulator: Emulator) -> None:
    keyring: Keyring = emulator._server._keyring
    claims = {
        "aud": "workshop",
        "oid": cloud.access.object_id,
        "tid": cloud.access.tenant_id,
        "exp": 9e9,
        "iss": "i",
    }
    assert code(ask(cloud, f"Bearer {keyring.sign(claims)}")) == "InvalidAuthenticationTokenAudience"


def test_a_token_of_another_cloud(new_cloud: Callable[[], Cloud]) -> None:
    mine, other = new_cloud(), new_cloud()
    assert (
        code(ask(mine, f"Bearer {other.token(other.access.object_id)}")) == "InvalidAuthenticationTokenTenant"
    )


def test_somebody_who_is_not_in_the_tenant(cloud: Cloud, emulator: Emulator) -> None:
    keyring: Keyring = emulator._server._keyring
    claims = {
        "aud": "https://management.azure.com",
        "oid": "nobody",
        "tid": cloud.access.tenant_id,
        "exp": 9e9,
    }
    assert (
        code(ask(cloud, f"Bearer {keyring.sign({**claims, 'iss': 'i'})}"))
        == "InvalidAuthenticationTokenTenant"
    )

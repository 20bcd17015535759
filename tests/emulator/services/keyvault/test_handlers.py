from __future__ import annotations

from tests.emulator.services.keyvault.conftest import KeyVault


def test_the_challenge_names_where_to_sign_in(vault: KeyVault) -> None:
    answer = vault.cloud.request("GET", "/secrets/db?api-version=7.5", host=vault.host, token="nonsense")
    assert (answer.status, answer.body["error"]["code"]) == (401, "Unauthorized")
    tenant = vault.cloud.access.tenant_id
    expected = f'Bearer authorization="https://login.microsoftonline.com/{tenant}", resource="https://vault.azure.net"'
    assert answer.headers["www-authenticate"] == expected


def test_a_token_for_another_audience_is_refused(vault: KeyVault) -> None:
    token = vault.cloud.token(vault.cloud.access.object_id, "https://storage.azure.com")
    assert vault.cloud.request("GET", "/secrets?api-version=7.5", host=vault.host, token=token).status == 401


def test_what_is_not_there_yet_says_so(vault: KeyVault) -> None:
    for method, path in (
        ("POST", "/secrets/db/backup"),
        ("GET", "/keys"),
        ("POST", "/certificates/c/create"),
    ):
        answer = vault.cloud.request(method, f"{path}?api-version=7.5", {}, host=vault.host)
        assert (answer.status, answer.body["error"]["code"]) == (501, "NotImplementedByEmulator")


def test_pages_have_the_size_that_was_asked_for(vault: KeyVault) -> None:
    for name in ("a", "b", "c"):
        vault.cloud.request("PUT", f"/secrets/{name}?api-version=7.5", {"value": "x"}, host=vault.host)
    page = vault.cloud.request("GET", "/secrets?api-version=7.5&maxresults=2", host=vault.host).body
    assert [one["id"].rsplit("/", 1)[1] for one in page["value"]] == ["a", "b"]
    assert "skiptoken=2" in page["nextLink"]
    assert vault.cloud.request("GET", "/secrets?$skiptoken=x", host=vault.host).status == 400

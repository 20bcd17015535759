from __future__ import annotations

from datetime import datetime, timezone

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.keyvault.secrets import SecretClient

from tests.emulator.services.keyvault.conftest import KeyVault

DAY = 24 * 3600


def test_each_value_is_a_version_and_the_newest_counts(secrets: SecretClient) -> None:
    first = secrets.set_secret("db", "one")
    secrets.set_secret("db", "two", content_type="text", tags={"a": "b"})
    found = secrets.get_secret("DB")
    assert (found.value, found.properties.content_type, found.properties.tags) == ("two", "text", {"a": "b"})
    assert secrets.get_secret("db", first.properties.version).value == "one"
    assert len(list(secrets.list_properties_of_secret_versions("db"))) == 2


def test_attributes_change_and_a_disabled_secret_is_not_read(secrets: SecretClient) -> None:
    secrets.set_secret("db", "one")
    end = datetime(2031, 1, 1, tzinfo=timezone.utc)
    changed = secrets.update_secret_properties("db", enabled=False, expires_on=end, not_before=end)
    assert (changed.enabled, changed.expires_on, changed.not_before) == (False, end, end)
    with pytest.raises(HttpResponseError, match="Operation get is not allowed on a disabled secret"):
        secrets.get_secret("db")
    secrets.update_secret_properties("db", enabled=True)
    assert secrets.get_secret("db").value == "one"


def test_lists_come_in_pages_and_without_values(secrets: SecretClient) -> None:
    for number in range(30):
        secrets.set_secret(f"secret-{number:02}", "x")
    names = [one.name for one in secrets.list_properties_of_secrets()]
    assert names == [f"secret-{number:02}" for number in range(30)]


def test_deleting_can_be_undone_until_it_is_purged(secrets: SecretClient) -> None:
    secrets.set_secret("db", "one")
    secrets.begin_delete_secret("db").wait()
    with pytest.raises(ResourceNotFoundError, match="SecretNotFound"):
        secrets.get_secret("db")
    with pytest.raises(ResourceExistsError, match="deleted but recoverable state"):
        secrets.set_secret("db", "two")
    assert [one.name for one in secrets.list_deleted_secrets()] == ["db"]
    secrets.begin_recover_deleted_secret("db").wait()
    assert secrets.get_secret("db").value == "one"
    secrets.begin_delete_secret("db").wait()
    secrets.purge_deleted_secret("db")
    assert secrets.set_secret("db", "two").value == "two"


def test_what_was_deleted_goes_by_itself_in_time(vault: KeyVault, secrets: SecretClient) -> None:
    secrets.set_secret("db", "one")
    secrets.begin_delete_secret("db").wait()
    vault.cloud.advance(89 * DAY)
    path = "/deletedsecrets/db?api-version=7.5"
    assert vault.cloud.request("GET", path, host=vault.host).status == 200
    vault.cloud.advance(2 * DAY)
    assert vault.cloud.request("GET", path, host=vault.host).status == 404


@pytest.mark.parametrize(("name", "body"), [("a_b", {"value": "x"}), ("a", {}), ("a", {"value": 1})])
def test_bad_requests_are_refused(vault: KeyVault, name: str, body: dict[str, object]) -> None:
    answer = vault.cloud.request("PUT", f"/secrets/{name}?api-version=7.5", body, host=vault.host)
    assert (answer.status, answer.body["error"]["code"]) == (400, "BadParameter")


def test_a_value_that_is_too_long_is_refused(secrets: SecretClient) -> None:
    with pytest.raises(HttpResponseError, match="25600 bytes"):
        secrets.set_secret("a", "x" * 25_601)

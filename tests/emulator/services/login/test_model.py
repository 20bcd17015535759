from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.personal import add_student
from course_runtime.emulator.services.login import model as login
from course_runtime.emulator.services.login.model import SignInRefused

ARM = "https://management.azure.com"


def sign_in(cloud: Cloud, **form: str) -> dict[str, Any]:
    return login.grant(cloud, cloud.identity.tenant_id, form)


def refusal(cloud: Cloud, **form: str) -> SignInRefused:
    with pytest.raises(SignInRefused) as refused:
        sign_in(cloud, **form)
    return refused.value


def test_a_secret_gives_a_token_for_what_was_asked(model: Cloud) -> None:
    access = add_student(model)
    answer = sign_in(
        model,
        grant_type="client_credentials",
        client_id=access.client_id,
        client_secret=access.client_secret,
        scope=f"{ARM}/.default",
    )
    claims = model.keyring.read(answer["access_token"])
    assert claims is not None
    assert (claims["aud"], claims["oid"], claims["tid"]) == (ARM, access.object_id, access.tenant_id)
    assert claims["exp"] - claims["iat"] == answer["expires_in"] == 3600


@pytest.mark.parametrize("secret", ["", "wrong", "ü"])
def test_a_wrong_secret_is_refused(model: Cloud, secret: str) -> None:
    access = add_student(model)
    refused = refusal(
        model, grant_type="client_credentials", client_id=access.client_id, client_secret=secret, scope="x"
    )
    assert (refused.error, refused.number, refused.status) == ("invalid_client", 7000215, 401)


def test_an_application_without_a_secret_cannot_sign_in_by_an_empty_one(model: Cloud) -> None:
    from course_runtime.emulator.kernel.principal import Principal

    model.add_principal(Principal("o", "machine", "ServicePrincipal", "a", "", managed=True))
    assert refusal(model, grant_type="client_credentials", client_id="a", client_secret="").number == 7000215


def test_an_unknown_application_is_refused(model: Cloud) -> None:
    refused = refusal(model, grant_type="client_credentials", client_id="nobody", client_secret="s")
    assert (refused.error, refused.number) == ("unauthorized_client", 700016)
    assert "'nobody'" in refused.description


def test_another_tenant_is_refused(model: Cloud) -> None:
    with pytest.raises(SignInRefused, match="Tenant 'elsewhere' not found"):
        login.grant(model, "elsewhere", {"grant_type": "client_credentials"})
    with pytest.raises(SignInRefused, match="Tenant 'elsewhere' not found"):
        login.start_device_code(model, "elsewhere", {})


@pytest.mark.parametrize("kind", ["", "authorization_code", "implicit"])
def test_other_grants_are_named(model: Cloud, kind: str) -> None:
    assert f"'{kind}'" in refusal(model, grant_type=kind).description


def test_a_device_code_works_once_and_gives_a_refresh_token(model: Cloud) -> None:
    add_student(model)
    started = login.start_device_code(model, "common", {"scope": f"{ARM}/.default openid"})
    first = sign_in(model, grant_type="device_code", device_code=started["device_code"])
    claims = model.keyring.read(first["access_token"])
    assert claims is not None and claims["upn"] == "student@workshop.example"
    assert (
        refusal(model, grant_type="device_code", device_code=started["device_code"]).error
        == "bad_verification_code"
    )
    second = sign_in(
        model,
        grant_type="refresh_token",
        refresh_token=first["refresh_token"],
        scope="https://ml.azure.com/.default",
    )
    claims = model.keyring.read(second["access_token"])
    assert claims is not None and claims["aud"] == "https://ml.azure.com"


def test_a_device_code_expires(model: Cloud) -> None:
    add_student(model)
    started = login.start_device_code(model, "common", {})
    model.advance(started["expires_in"] + 1)
    assert (
        refusal(model, grant_type="device_code", device_code=started["device_code"]).error == "expired_token"
    )


def test_a_refresh_token_nobody_gave_is_refused(model: Cloud) -> None:
    assert refusal(model, grant_type="refresh_token", refresh_token="made up").number == 70008


def test_a_password_must_be_the_users(model: Cloud) -> None:
    add_student(model)
    refused = refusal(model, grant_type="password", username="student@workshop.example", password="")
    assert refused.number == 50126


@pytest.mark.parametrize(
    ("scope", "audience"),
    [
        ("https://ml.azure.com/.default", "https://ml.azure.com"),
        ("openid profile https://vault.azure.net/user_impersonation", "https://vault.azure.net"),
        ("https://management.core.windows.net//.default", "https://management.core.windows.net/"),
        ("some-id", "some-id"),
        ("", ARM),
    ],
)
def test_the_audience_that_a_scope_names(scope: str, audience: str) -> None:
    assert login.audience_of(scope) == audience

"""azure-identity, untouched, decides whether this is Entra."""

from __future__ import annotations

import os

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    ClientSecretCredential,
    DefaultAzureCredential,
    DeviceCodeCredential,
    EnvironmentCredential,
)

from course_runtime.emulator import Cloud

ARM = "https://management.azure.com/.default"


def with_secret(cloud: Cloud, **changes: str) -> ClientSecretCredential:
    access = cloud.access
    values = {
        "tenant_id": access.tenant_id,
        "client_id": access.client_id,
        "client_secret": access.client_secret,
    }
    return ClientSecretCredential(**(values | changes))


def test_the_environment_is_enough(signed_in: Cloud) -> None:
    for credential in (EnvironmentCredential(), DefaultAzureCredential()):
        assert credential.get_token(ARM).token.count(".") == 2
    assert {entry["host"] for entry in signed_in.log()} == {"login.microsoftonline.com"}


def test_a_wrong_secret_reads_as_in_azure(signed_in: Cloud) -> None:
    with pytest.raises(ClientAuthenticationError) as refused:
        with_secret(signed_in, client_secret="wrong").get_token(ARM)
    text = str(refused.value)
    assert "AADSTS7000215: Invalid client secret provided." in text
    assert f"for a secret added to app '{signed_in.access.client_id}'. Trace ID: " in text


def test_an_unknown_application_reads_as_in_azure(signed_in: Cloud) -> None:
    unknown = "11111111-1111-1111-1111-111111111111"
    with pytest.raises(
        ClientAuthenticationError, match=f"AADSTS700016: Application with identifier '{unknown}'"
    ):
        with_secret(signed_in, client_id=unknown).get_token(ARM)


def test_an_unknown_tenant_reads_as_in_azure(signed_in: Cloud) -> None:
    unknown = "22222222-2222-2222-2222-222222222222"
    with pytest.raises(ClientAuthenticationError, match="Unable to get authority configuration"):
        with_secret(signed_in, tenant_id=unknown).get_token(ARM)


def test_a_device_code_signs_the_student_in(signed_in: Cloud) -> None:
    shown: list[str] = []
    credential = DeviceCodeCredential(
        tenant_id=signed_in.access.tenant_id, prompt_callback=lambda uri, code, expires: shown.append(code)
    )
    record = credential.authenticate(scopes=[ARM])
    assert record.username == "student@workshop.example"
    assert len(shown) == 1
    signed_in.advance(7200)
    assert credential.get_token("https://ml.azure.com/.default").token
    assert len(shown) == 1, "the refresh token was not used"


def test_the_token_that_is_given_opens_resource_manager(signed_in: Cloud) -> None:
    token = DefaultAzureCredential().get_token(ARM).token
    answer = signed_in.request("GET", f"/subscriptions/{os.environ['AZURE_SUBSCRIPTION_ID']}", token=token)
    assert answer.status == 200


@pytest.mark.parametrize(
    "form", [b"", b"\xff\xfe", b"grant_type=client_credentials&client_id=%00", b"a" * 60_000]
)
def test_any_form_is_refused_in_entras_words(cloud: Cloud, form: bytes) -> None:
    path = f"/{cloud.access.tenant_id}/oauth2/v2.0/token"
    answer = cloud.request("POST", path, form, host="login.microsoftonline.com")
    assert answer.status in (400, 401)
    assert answer.body["error_description"].startswith("AADSTS")


def test_a_form_without_end_is_refused(cloud: Cloud) -> None:
    path = f"/{cloud.access.tenant_id}/oauth2/v2.0/token"
    assert cloud.request("POST", path, b"a" * 70_000, host="login.microsoftonline.com").status == 413


def test_what_entra_does_and_the_emulator_does_not_says_so(cloud: Cloud) -> None:
    answer = cloud.request("GET", "/common/oauth2/v2.0/authorize", host="login.microsoftonline.com")
    assert answer.status == 501

"""Managed identity, asked for by azure-identity itself."""

from __future__ import annotations

import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import CredentialUnavailableError, ManagedIdentityCredential

from course_runtime.emulator import Cloud

ARM = "https://management.azure.com/.default"
MACHINE = {"object_id": "33333333-3333-3333-3333-333333333333", "name": "machine", "kind": "ServicePrincipal"}
APP = "44444444-4444-4444-4444-444444444444"


@pytest.fixture
def machine(signed_in: Cloud) -> Cloud:
    signed_in.add_principal(**MACHINE, app_id=APP, managed=True)
    return signed_in


def owner_of(token: str) -> str:
    import jwt

    return str(jwt.decode(token, options={"verify_signature": False})["oid"])


def test_from_the_metadata_service(machine: Cloud) -> None:
    assert owner_of(ManagedIdentityCredential().get_token(ARM).token) == MACHINE["object_id"]
    assert "169.254.169.254" in {entry["host"] for entry in machine.log()}


@pytest.mark.parametrize(
    "variables",
    [
        {"IDENTITY_ENDPOINT": "http://169.254.169.254/msi/token", "IDENTITY_HEADER": "h"},
        {"MSI_ENDPOINT": "http://169.254.169.254/msi/token", "MSI_SECRET": "s"},
    ],
    ids=["app service", "azure ml compute"],
)
def test_from_the_endpoint_that_the_environment_names(
    machine: Cloud, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert owner_of(ManagedIdentityCredential().get_token(ARM).token) == MACHINE["object_id"]


def test_one_of_several_by_its_client_id(machine: Cloud) -> None:
    machine.add_principal(
        object_id="o", name="second", kind="ServicePrincipal", app_id="second", managed=True
    )
    assert owner_of(ManagedIdentityCredential(client_id="second").get_token(ARM).token) == "o"


def test_an_identity_that_is_not_there(machine: Cloud) -> None:
    with pytest.raises((ClientAuthenticationError, CredentialUnavailableError), match="Identity not found"):
        ManagedIdentityCredential(client_id="nobody").get_token(ARM)


def test_a_service_principal_is_no_managed_identity(machine: Cloud) -> None:
    with pytest.raises((ClientAuthenticationError, CredentialUnavailableError)):
        ManagedIdentityCredential(client_id=machine.access.client_id).get_token(ARM)


def test_a_request_without_the_header_is_refused(machine: Cloud) -> None:
    path = "/metadata/identity/oauth2/token?resource=r"
    assert machine.request("GET", path, host="169.254.169.254").status == 400
    found = machine.request("GET", path, host="169.254.169.254", headers={"Metadata": "true"})
    assert found.status == 200
    missing = machine.request("GET", path.split("?")[0], host="169.254.169.254", headers={"Metadata": "true"})
    assert "'resource' is missing" in missing.body["error_description"]

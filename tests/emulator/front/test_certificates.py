from __future__ import annotations

import ssl
import stat
from pathlib import Path

import pytest

from course_runtime.emulator.front import certificates
from course_runtime.emulator.front.certificates import Certificates, bundle_file


def hosts_in(server: ssl.SSLContext, folder: Path, asked: str) -> tuple[str, ...]:
    """The names in the certificate that a client trusting the bundle is shown when it asks for a host."""
    client = ssl.create_default_context(cafile=str(bundle_file(folder)))
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(to_client, to_server, server_hostname=asked),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    shown = ends[0].getpeercert()
    assert shown is not None
    return tuple(str(name) for _, name in shown["subjectAltName"])


def test_clients_that_trust_the_bundle_accept_any_host(tmp_path: Path) -> None:
    made = Certificates.in_folder(tmp_path)
    for host in ("management.azure.com", "account.blob.core.windows.net", "169.254.169.254"):
        assert hosts_in(made.context(host), tmp_path, host) == (host,)


def test_the_name_that_the_client_asks_for_wins(tmp_path: Path) -> None:
    server = Certificates.in_folder(tmp_path).context("management.azure.com")
    assert hosts_in(server, tmp_path, "vault.vault.azure.net") == ("vault.vault.azure.net",)


def test_the_authority_is_the_same_after_a_restart(tmp_path: Path) -> None:
    Certificates.in_folder(tmp_path)
    before = (tmp_path / "ca.pem").read_bytes()
    again = Certificates.in_folder(tmp_path)
    assert (tmp_path / "ca.pem").read_bytes() == before
    assert hosts_in(again.context("a.azure.com"), tmp_path, "a.azure.com") == ("a.azure.com",)


def test_the_key_is_private_and_public_authorities_stay_trusted(tmp_path: Path) -> None:
    Certificates.in_folder(tmp_path)
    assert stat.S_IMODE((tmp_path / "ca-key.pem").stat().st_mode) == 0o600
    assert bundle_file(tmp_path).read_bytes().count(b"BEGIN CERTIFICATE") > 50


@pytest.mark.parametrize(
    "host", ["", "*.azure.com", "a b.azure.com", "a..azure.com", "-a.azure.com", "ü.azure.com"]
)
def test_a_name_no_certificate_can_bear_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(ValueError, match="not a host name"):
        Certificates.in_folder(tmp_path).context(host)


def test_certificates_not_asked_for_lately_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "KEPT", 2)
    made = Certificates.in_folder(tmp_path)
    first = made.context("a.azure.com")
    made.context("b.azure.com")
    assert made.context("a.azure.com") is first
    made.context("c.azure.com")
    assert made.context("a.azure.com") is first

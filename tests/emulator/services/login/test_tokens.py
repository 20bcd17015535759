from __future__ import annotations

import base64
import hashlib
import hmac
import json
import stat
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.login.tokens import Keyring

CLAIMS = {"aud": "a", "exp": 1, "tid": "t", "oid": "o"}


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_what_was_signed_is_read_back(keyring: Keyring) -> None:
    assert keyring.read(keyring.sign(CLAIMS)) == CLAIMS


def test_clients_can_verify_with_the_published_key(keyring: Keyring) -> None:
    (published,) = keyring.public_keys()["keys"]
    key = jwt.PyJWK(published)
    options = {"verify_exp": False, "verify_aud": False}
    assert jwt.decode(keyring.sign(CLAIMS), key, algorithms=["RS256"], options=options) == CLAIMS


def test_unsigned_tokens_are_refused(keyring: Keyring) -> None:
    for algorithm in ("none", "None", "NONE"):
        assert keyring.read(f"{encoded({'alg': algorithm, 'typ': 'JWT'})}.{encoded(CLAIMS)}.") is None
    header, body, _ = keyring.sign(CLAIMS).split(".")
    assert keyring.read(f"{header}.{body}.") is None


def test_the_public_key_is_no_secret_to_sign_with(keyring: Keyring) -> None:
    """The old trick: HS256 with the published key as its secret."""
    public = keyring._public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = f"{encoded({'alg': 'HS256', 'typ': 'JWT', 'kid': 'workshop'})}.{encoded(CLAIMS)}"
    mark = base64.urlsafe_b64encode(hmac.digest(public, signed.encode(), hashlib.sha256)).decode().rstrip("=")
    assert keyring.read(f"{signed}.{mark}") is None


def test_changed_claims_are_refused(keyring: Keyring) -> None:
    header, _, mark = keyring.sign(CLAIMS).split(".")
    assert keyring.read(f"{header}.{encoded({**CLAIMS, 'oid': 'somebody else'})}.{mark}") is None


def test_another_key_is_refused(keyring: Keyring, tmp_path: Path) -> None:
    assert keyring.read(Keyring.in_folder(tmp_path).sign(CLAIMS)) is None


@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda data: base64.b64encode(data).decode() + ".."))
def test_any_text_is_read_or_refused(keyring: Keyring, text: str) -> None:
    assert keyring.read(text) is None


def test_the_key_lasts_and_is_private(tmp_path: Path) -> None:
    token = Keyring.in_folder(tmp_path).sign(CLAIMS)
    assert Keyring.in_folder(tmp_path).read(token) == CLAIMS
    assert stat.S_IMODE((tmp_path / "token-key.pem").stat().st_mode) == 0o600


def test_a_damaged_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "token-key.pem").write_text("nothing")
    with pytest.raises(ValueError):
        Keyring.in_folder(tmp_path)

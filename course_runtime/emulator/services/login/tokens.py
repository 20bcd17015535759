"""Access tokens: real JWTs, signed with a key that lives beside the certificate authority."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEY_ID = "workshop"
LIFETIME = 3600
REMEMBERED = 2_000


class Keyring:
    """Signs tokens, and reads the ones that it signed."""

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self._key = key
        self._public = key.public_key()
        self._read: dict[str, dict[str, Any]] = {}

    @classmethod
    def in_folder(cls, folder: Path) -> Keyring:
        file = folder / "token-key.pem"
        if file.exists():
            key = serialization.load_pem_private_key(file.read_bytes(), password=None)
            if not isinstance(key, rsa.RSAPrivateKey):
                raise ValueError(f"{file} holds no RSA key")
            return cls(key)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"token-key.{os.getpid()}.tmp"
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(
                key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )
        temporary.replace(file)
        return cls(key)

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})

    def read(self, token: str) -> dict[str, Any] | None:
        """The claims of a token that we signed, or None; its times are for the caller to judge."""
        if token not in self._read:
            try:
                claims = jwt.decode(
                    token,
                    self._public,
                    algorithms=["RS256"],
                    options={
                        "verify_aud": False,
                        "verify_exp": False,
                        "verify_nbf": False,
                        "verify_iat": False,
                    },
                )
            except jwt.InvalidTokenError:
                return None
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            self._read[token] = claims
        return self._read[token]

    def public_keys(self) -> dict[str, Any]:
        """The key set that clients may verify with."""
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self._public, as_dict=True)
        return {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

"""The local certificate authority and a certificate for each host name that a client asks for."""

from __future__ import annotations

import os
import re
import ssl
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import certifi
import trustme

ORGANISATION = "Azure ML workshop (this machine only)"
HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
LONGEST_HOST_NAME = 253
KEPT = 256
"""Each check brings host names of its own: certificates not asked for lately are forgotten."""


class Certificates:
    """TLS contexts by host name, made when first asked for."""

    def __init__(self, authority: trustme.CA) -> None:
        self._authority = authority
        self._contexts: OrderedDict[str, ssl.SSLContext] = OrderedDict()

    @classmethod
    def in_folder(cls, folder: Path) -> Certificates:
        """The authority kept in the folder, made there when it is new; clients go on trusting it."""
        certificate, key = folder / "ca.pem", folder / "ca-key.pem"
        if certificate.exists() and key.exists():
            authority = trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
        else:
            authority = trustme.CA(organization_name=ORGANISATION)
            folder.mkdir(parents=True, exist_ok=True)
            _write(key, authority.private_key_pem.bytes(), 0o600)
            _write(certificate, authority.cert_pem.bytes(), 0o644)
        _write(bundle_file(folder), authority.cert_pem.bytes() + Path(certifi.where()).read_bytes(), 0o644)
        return cls(authority)

    def context(self, host: str) -> ssl.SSLContext:
        """A server context for the host; a client that names another host by SNI gets that one's.

        ValueError when no certificate can bear the name.
        """
        name = host.lower().rstrip(".")
        if name not in self._contexts:
            if not HOST_NAME.fullmatch(name) or len(name) > LONGEST_HOST_NAME:
                raise ValueError(f"'{host}' is not a host name")
            self._contexts[name] = self._issue(name)
        self._contexts.move_to_end(name)
        while len(self._contexts) > KEPT:
            self._contexts.popitem(last=False)
        return self._contexts[name]

    def _issue(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host, organization_name=ORGANISATION).configure_cert(context)
        context.sni_callback = self._by_sni(host)
        return context

    def _by_sni(self, host: str) -> Callable[[ssl.SSLObject, str | None, ssl.SSLContext], None]:
        def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            if name and name.lower() != host:
                connection.context = self.context(name)

        return choose


def bundle_file(folder: Path) -> Path:
    """Our authority and the public ones, for REQUESTS_CA_BUNDLE: passed-through hosts stay verifiable."""
    return folder / "ca-bundle.pem"


def _write(file: Path, data: bytes, mode: int) -> None:
    if file.exists() and file.read_bytes() == data:
        return
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    temporary.replace(file)

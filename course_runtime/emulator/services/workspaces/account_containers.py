"""Blob containers that Azure ML makes in a storage account, and the signatures it hands out for them."""

from __future__ import annotations

from datetime import datetime, timezone
from urllib.parse import quote, urlencode

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.services.storage.shared_key import sign
from course_runtime.emulator.store.blobs import Container
from course_runtime.emulator.store.resources import Stored

VERSION = "2021-12-02"
SECONDS_A_SIGNATURE_LASTS = 7 * 24 * 3600


def ensure_container(cloud: Cloud, account: Stored, name: str) -> None:
    key = str(account.sequence)
    if cloud.blobs.container(key, name) is None:
        now = cloud.clock.now()
        cloud.blobs.put_container(Container(key, name, new_etag(), now, now))


def container_url(account: Stored, name: str) -> str:
    return f"https://{account.name}.blob.core.windows.net/{name}"


def signed_url(cloud: Cloud, account: Stored, name: str, permissions: str = "racwl") -> str:
    """The container's URL with a service signature that opens it for a week."""
    query = _signature(cloud, account, "c", f"/blob/{account.name}/{name}", permissions)
    return f"{container_url(account, name)}?{query}"


def signed_blob_url(cloud: Cloud, account: Stored, container: str, blob: str, permissions: str) -> str:
    """One blob's URL with a service signature that opens it for a week, whether or not it is there yet."""
    query = _signature(cloud, account, "b", f"/blob/{account.name}/{container}/{blob}", permissions)
    return f"{container_url(account, container)}/{quote(blob)}?{query}"


def _signature(cloud: Cloud, account: Stored, kind: str, resource: str, permissions: str) -> str:
    start, end = _moment(cloud.clock.now() - 300), _moment(cloud.clock.now() + SECONDS_A_SIGNATURE_LASTS)
    middle = ["", "", "https", VERSION, kind, "", ""]
    text = "\n".join([permissions, start, end, resource, *middle, *[""] * 5])
    query = {"sv": VERSION, "sr": kind, "sp": permissions, "st": start, "se": end, "spr": "https"}
    return urlencode(query | {"sig": sign(account.secrets["key1"], text)})


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

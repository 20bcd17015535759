"""The secrets of a vault: versions, deletion with a way back, and the rules of both. No HTTP here."""

from __future__ import annotations

import re
import uuid
from typing import Any

from course_runtime.emulator.services.keyvault.errors import (
    VaultError,
    bad_parameter,
    deleted_secret_not_found,
    name_in_deleted_state,
    secret_disabled,
    secret_not_found,
)
from course_runtime.emulator.services.keyvault.vaults import Vault

Body = dict[str, Any]
NAME = re.compile(r"[0-9a-zA-Z-]{1,127}")
LARGEST_VALUE = 25_600
DAY = 24 * 3600
ATTRIBUTES = ("enabled", "nbf", "exp")


def set_secret(vault: Vault, name: str, body: Body) -> Body:
    """A new version of the secret."""
    _require_name(name)
    value = body.get("value")
    if not isinstance(value, str):
        raise bad_parameter("The request body must have a 'value' that is a string.")
    if len(value.encode()) > LARGEST_VALUE:
        raise bad_parameter(f"The secret's value is too long: {LARGEST_VALUE} bytes at most were expected.")
    kept = _kept(vault, name) or {"name": name, "versions": [], "deleted": None}
    if kept["deleted"]:
        raise name_in_deleted_state(name)
    now = int(vault.cloud.clock.now())
    version = {
        "version": uuid.uuid4().hex,
        "value": value,
        "contentType": body.get("contentType"),
        "tags": body.get("tags") or {},
        "attributes": {"enabled": True, "created": now, "updated": now} | _attributes(body),
    }
    kept["versions"].append(version)
    _keep(vault, kept)
    return shown(vault, kept, version, with_value=True)


def get_secret(vault: Vault, name: str, version: str) -> Body:
    """The value; the newest when no version is named. Refused while the version is disabled."""
    kept, found = _version(vault, name, version)
    if not found["attributes"]["enabled"]:
        raise secret_disabled("get")
    return shown(vault, kept, found, with_value=True)


def update_secret(vault: Vault, name: str, version: str, body: Body) -> Body:
    """Everything but the value may change."""
    kept, found = _version(vault, name, version)
    found["attributes"] |= _attributes(body) | {"updated": int(vault.cloud.clock.now())}
    found |= {field: body[field] for field in ("contentType", "tags") if field in body}
    _keep(vault, kept)
    return shown(vault, kept, found)


def secrets(vault: Vault) -> list[Body]:
    """The newest version of each secret, values left out."""
    found = (kept for kept in _all(vault) if not kept["deleted"])
    return [_without_version(shown(vault, kept, kept["versions"][-1]), vault, kept) for kept in found]


def versions(vault: Vault, name: str) -> list[Body]:
    kept = _require(vault, name)
    return [shown(vault, kept, version) for version in kept["versions"]]


def delete_secret(vault: Vault, name: str) -> Body:
    kept = _require(vault, name)
    now = int(vault.cloud.clock.now())
    kept["deleted"] = {
        "deletedDate": now,
        "scheduledPurgeDate": now + vault.days_recoverable * DAY,
        "recoveryId": f"{vault.url}/deletedsecrets/{kept['name']}",
    }
    _keep(vault, kept)
    return _deleted(vault, kept)


def deleted_secrets(vault: Vault) -> list[Body]:
    found = (kept for kept in _all(vault) if kept["deleted"])
    return [_without_version(_deleted(vault, kept), vault, kept) for kept in found]


def deleted_secret(vault: Vault, name: str) -> Body:
    return _deleted(vault, _require_deleted(vault, name))


def recover_secret(vault: Vault, name: str) -> Body:
    kept = _require_deleted(vault, name)
    kept["deleted"] = None
    _keep(vault, kept)
    return shown(vault, kept, kept["versions"][-1])


def purge_secret(vault: Vault, name: str) -> None:
    kept = _require_deleted(vault, name)
    if vault.keeps_deleted:
        raise VaultError(
            403,
            "Forbidden",
            'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service '
            "will automatically purge it after the retention period has passed.",
            "ForbiddenByPolicy",
        )
    vault.cloud.documents.delete(vault.kind, kept["name"].lower())


def shown(vault: Vault, kept: Body, version: Body, *, with_value: bool = False) -> Body:
    level = "Recoverable" if vault.keeps_deleted else "Recoverable+Purgeable"
    attributes: Body = version["attributes"] | {
        "recoveryLevel": level,
        "recoverableDays": vault.days_recoverable,
    }
    body: Body = {"id": f"{vault.url}/secrets/{kept['name']}/{version['version']}", "attributes": attributes}
    if with_value:
        body["value"] = version["value"]
    if version["contentType"]:
        body["contentType"] = version["contentType"]
    return body | {"tags": version["tags"]}


def _deleted(vault: Vault, kept: Body) -> Body:
    deleted: Body = kept["deleted"]
    return shown(vault, kept, kept["versions"][-1]) | deleted


def _without_version(body: Body, vault: Vault, kept: Body) -> Body:
    return body | {"id": f"{vault.url}/secrets/{kept['name']}"}


def _attributes(body: Body) -> Body:
    given = body.get("attributes") or {}
    if not isinstance(given, dict):
        raise bad_parameter("The 'attributes' must be a JSON object.")
    return {name: given[name] for name in ATTRIBUTES if given.get(name) is not None}


def _require_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise bad_parameter(
            f"The request URI contains an invalid name: {name}. A name has 1 to 127 letters, digits and hyphens."
        )


def _version(vault: Vault, name: str, version: str) -> tuple[Body, Body]:
    kept = _require(vault, name)
    found = [one for one in kept["versions"] if version in ("", one["version"])]
    if not found:
        raise secret_not_found(f"{name}/{version}")
    return kept, found[-1]


def _require(vault: Vault, name: str) -> Body:
    kept = _kept(vault, name)
    if kept is None or kept["deleted"]:
        raise secret_not_found(name)
    return kept


def _require_deleted(vault: Vault, name: str) -> Body:
    kept = _kept(vault, name)
    if kept is None or not kept["deleted"]:
        raise deleted_secret_not_found(name)
    return kept


def _kept(vault: Vault, name: str) -> Body | None:
    """Unless its time to be recovered has passed."""
    kept = vault.cloud.documents.get(vault.kind, name.lower())
    return None if kept is None or _is_past_recovery(vault, kept) else kept


def _all(vault: Vault) -> list[Body]:
    found = [kept for kept in vault.cloud.documents.all(vault.kind) if not _is_past_recovery(vault, kept)]
    return sorted(found, key=lambda kept: str(kept["name"]).lower())


def _is_past_recovery(vault: Vault, kept: Body) -> bool:
    deleted = kept["deleted"]
    return bool(deleted and vault.cloud.clock.now() >= deleted["scheduledPurgeDate"])


def _keep(vault: Vault, kept: Body) -> None:
    vault.cloud.documents.put(vault.kind, kept["name"].lower(), kept)

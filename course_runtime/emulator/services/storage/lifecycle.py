"""Lifecycle management: once a day, blobs that are old enough change their tier or go."""

from __future__ import annotations

import uuid
from typing import Any

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, not_implemented
from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.services.storage import leases
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.store.blobs import Blob
from course_runtime.emulator.store.resources import Stored

DAY = 24 * 3600
ACTIONS = {"delete": "", "tierToArchive": "Archive", "tierToCold": "Cold", "tierToCool": "Cool"}
"""The cheapest first: of several that apply, it is the one that counts."""
COLDNESS = {"": 0, "Hot": 0, "Cool": 1, "Cold": 2, "Archive": 3}
AGES = {"daysAfterModificationGreaterThan": "modified", "daysAfterCreationGreaterThan": "created"}
BLOB_TYPES = {"blockblob": "BlockBlob", "appendblob": "AppendBlob"}


class ManagementPolicies(Resource):
    type = "Microsoft.Storage/storageAccounts/managementPolicies"
    created_status = 200

    def require_name(self, name: str) -> None:
        if name != "default":
            raise _invalid(f"The management policy's name must be 'default', '{name}' came.")

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        rules = _object(body["properties"].get("policy"), "policy").get("rules")
        if not isinstance(rules, list) or not rules:
            raise _invalid("The policy must have one rule at least.")
        names = [str(_object(rule, "rule").get("name", "")) for rule in rules]
        if len(set(names)) < len(names) or not all(names):
            raise _invalid("Every rule must have a name, and no two of them the same.")
        for rule in rules:
            _check_rule(rule)

    def created(self, stored: Stored, context: Context) -> None:
        self._schedule(stored, context)

    def updated(self, stored: Stored, context: Context) -> None:
        self._schedule(stored, context)

    def timer(self, name: str, stored: Stored, payload: Body, context: Context) -> None:
        """A day has passed; a timer of a policy that was replaced since does nothing."""
        if payload.get("turn") != stored.secrets.get("turn"):
            return
        account = context.cloud.resources.get(context.path.parent_id())
        if account is None:
            return
        for rule in stored.properties["policy"]["rules"]:
            if rule.get("enabled", True):
                _apply(rule, Account(account), context)
        context.cloud.clock.later(DAY, "run", stored.id, payload)

    def _schedule(self, stored: Stored, context: Context) -> None:
        stored.secrets["turn"] = str(uuid.uuid4())
        stored.properties["lastModifiedTime"] = context.cloud.clock.timestamp()
        context.cloud.resources.put(context.path, stored)
        context.cloud.clock.later(DAY, "run", stored.id, {"turn": stored.secrets["turn"]})


def _check_rule(rule: dict[str, Any]) -> None:
    if rule.get("type") != "Lifecycle":
        raise _invalid(f"The type of the rule '{rule['name']}' must be 'Lifecycle'.")
    definition = _object(rule.get("definition"), "definition")
    filters, actions = (_object(definition.get(part), part) for part in ("filters", "actions"))
    types = [str(one).lower() for one in filters.get("blobTypes") or []]
    if not types or set(types) - set(BLOB_TYPES):
        raise _invalid(f"The rule '{rule['name']}' must name 'blobTypes' out of blockBlob and appendBlob.")
    for name in set(actions) - {"baseBlob"}:
        raise not_implemented(f"lifecycle action '{name}' (there are no snapshots and versions yet)")
    base = {name: _object(one, name) for name, one in _object(actions.get("baseBlob"), "baseBlob").items()}
    if not base:
        raise _invalid(f"The rule '{rule['name']}' has no action.")
    for name, condition in base.items():
        if name not in ACTIONS or not set(condition) <= set(AGES):
            raise not_implemented(f"lifecycle action '{name}' with {', '.join(condition)}")
        if ACTIONS[name] and types != ["blockblob"]:
            raise _invalid(
                f"The rule '{rule['name']}' changes tiers: its 'blobTypes' must be blockBlob only."
            )
        if not condition or not all(
            isinstance(days, (int, float)) and days >= 0 for days in condition.values()
        ):
            raise _invalid(f"The action '{name}' of the rule '{rule['name']}' needs a number of days.")


def _apply(rule: dict[str, Any], account: Account, context: Context) -> None:
    store, now = context.cloud.blobs, context.cloud.clock.now()
    definition = rule["definition"]
    for container in list(store.containers(account.key)):
        for blob in list(store.below(account.key, container.name, "")):
            action = _due(definition, blob, now)
            if action == "delete" and leases.state_of(blob.lease, now) not in ("leased", "breaking"):
                store.delete(blob.account, blob.container, blob.name)
            elif action and ACTIONS[action] and COLDNESS[blob.tier] < COLDNESS[ACTIONS[action]]:
                blob.tier, blob.tier_changed = ACTIONS[action], now
                store.put(blob)


def _due(definition: dict[str, Any], blob: Blob, now: float) -> str:
    """The cheapest action whose time has come for this blob; empty when there is none."""
    if not _is_meant(definition.get("filters") or {}, blob):
        return ""
    for name in ACTIONS:
        condition = definition["actions"]["baseBlob"].get(name)
        if condition and all(now - getattr(blob, AGES[age]) > days * DAY for age, days in condition.items()):
            return name
    return ""


def _is_meant(filters: dict[str, Any], blob: Blob) -> bool:
    types = {BLOB_TYPES[str(one).lower()] for one in filters["blobTypes"]}
    prefixes = filters.get("prefixMatch") or [""]
    path = f"{blob.container}/{blob.name}"
    tags = filters.get("blobIndexMatch") or []
    return (
        blob.type in types
        and any(path.startswith(prefix) for prefix in prefixes)
        and all(blob.tags.get(tag["name"]) == tag["value"] for tag in tags)
    )


def _object(value: Any, name: str) -> dict[str, Any]:
    if value is not None and not isinstance(value, dict):
        raise _invalid(f"'{name}' must be a JSON object, '{value}' came.")
    return value or {}


def _invalid(message: str) -> AzureError:
    return AzureError(400, "InvalidRequestPropertyValue", message)

"""Online and batch endpoints as resources: names, keys and traffic. `services/inference` answers at their hosts."""

from __future__ import annotations

import re
import secrets as random_secrets
from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.kernel.long_running import LongRunning, accepted
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.endpoint_tokens import new_token
from course_runtime.emulator.services.workspaces.identities import with_principal
from course_runtime.emulator.store.resources import Stored

AUTH_MODES = ("Key", "AMLToken", "AADToken")


class Endpoints(LongRunning):
    """What both kinds share."""

    tracked = False
    shape: ClassVar[Shape] = {
        "authMode": str,
        "keys": {"primaryKey": str, "secondaryKey": str},
        "traffic": dict,
        "mirrorTraffic": dict,
        "properties": dict,
        "defaults": {"deploymentName": str},
    }
    host: ClassVar[str] = ""

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        if existing is None:
            _require_endpoint_name(context.path.name)
            self._require_name_free(context)
        mode = str(body["properties"].get("authMode") or "Key")
        known = next((one for one in AUTH_MODES if one.lower() == mode.lower()), None)
        if known is None:
            raise user_error(f"'{mode}' is not an authMode: one of {', '.join(AUTH_MODES)} was expected.")
        body["properties"]["authMode"] = known

    def _require_name_free(self, context: Context) -> None:
        """The name becomes a host name, so it is one of its kind in its region."""
        where = names.location(context)
        for other in context.cloud.resources.in_subscription(context.path.subscription or "", self.type):
            if other.name.lower() == context.path.name.lower() and other.body["location"] == where:
                raise AzureError(
                    409,
                    "UserError",
                    f"There is already an endpoint with the name '{context.path.name}' in the region '{where}' (in "
                    f"the workspace '{parse(other.id).names[0]}'). Endpoint names must be unique in a "
                    "region: choose another.",
                )

    def take_secrets(self, body: Body, context: Context) -> Body:
        given = body["properties"].pop("keys", None) or {}
        kept = context.cloud.resources.get(context.path.id)
        new = {name: given.get(name) or _new_key() for name in ("primaryKey", "secondaryKey")}
        return {} if kept else new

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        region = names.location(context)
        body["location"] = region
        body["tags"] = body.get("tags") or {}
        asked = body.get("identity") or {"type": "SystemAssigned"}
        body["identity"] = with_principal(asked, context.path.name, context, existing)
        properties = body["properties"]
        host = f"https://{context.path.name.lower()}.{region}.inference.ml.azure.com"
        properties["scoringUri"] = f"{host}{self.host}"
        properties["swaggerUri"] = f"{host}/swagger.json"
        properties["description"] = properties.get("description")
        properties["properties"] = properties.get("properties") or {}
        properties["provisioningState"] = "Succeeded"

    @action("listKeys")
    def list_keys(self, stored: Stored, context: Context) -> Reply:
        if stored.properties["authMode"] != "Key":
            mode = stored.properties["authMode"]
            raise user_error(
                f"The endpoint '{stored.name}' has no keys: it authenticates by '{mode}'. Ask for a token."
            )
        return Reply(200, {name: stored.secrets[name] for name in ("primaryKey", "secondaryKey")})

    @action("regenerateKeys")
    def regenerate_keys(self, stored: Stored, context: Context) -> Reply:
        body = context.body or {}
        which = str(body.get("keyType", "")).lower()
        if which not in ("primary", "secondary"):
            raise user_error(
                f"'{body.get('keyType')}' is not a keyType: 'Primary' or 'Secondary' was expected."
            )
        given = body.get("keyValue")
        # The SDK sends the key there is, and means a new one.
        is_new = given and given != stored.secrets[f"{which}Key"]
        stored.secrets[f"{which}Key"] = given if is_new else _new_key()
        context.cloud.resources.put(context.path, stored)
        return accepted(context)


class OnlineEndpoints(Endpoints):
    type = f"{names.WORKSPACES}/onlineEndpoints"
    host = "/score"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().validate(body, context, existing)
        for field in ("traffic", "mirrorTraffic"):
            shares = {key: value for key, value in (body["properties"].get(field) or {}).items()}
            _require_shares(field, shares, context)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        body["kind"] = body.get("kind") or "Managed"
        body["properties"]["traffic"] = body["properties"].get("traffic") or {}
        body["properties"]["mirrorTraffic"] = body["properties"].get("mirrorTraffic") or {}
        access = body["properties"].get("publicNetworkAccess")
        body["properties"]["publicNetworkAccess"] = access or "Enabled"

    @action("token")
    def token(self, stored: Stored, context: Context) -> Reply:
        if stored.properties["authMode"] == "Key":
            raise user_error(
                f"The endpoint '{stored.name}' gives no tokens: it authenticates by 'Key'. Ask for its keys."
            )
        return Reply(200, new_token(context.cloud, stored))


class BatchEndpoints(Endpoints):
    type = f"{names.WORKSPACES}/batchEndpoints"
    host = "/jobs"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().validate(body, context, existing)
        default = (body["properties"].get("defaults") or {}).get("deploymentName")
        there = context.cloud.resources.children(context.path.id, f"{self.type}/deployments")
        if default and default.lower() not in {one.name.lower() for one in there}:
            listed = ", ".join(one.name for one in there) or "none"
            raise user_error(f"The default deployment '{default}' is not there (deployments: {listed}).")

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        body["properties"]["authMode"] = "AADToken"
        body["properties"]["defaults"] = body["properties"].get("defaults") or {"deploymentName": None}


def _require_shares(field: str, shares: Body, context: Context) -> None:
    there = context.cloud.resources.children(context.path.id, f"{OnlineEndpoints.type}/deployments")
    known = {one.name.lower() for one in there}
    for name, share in shares.items():
        if not isinstance(share, int) or not 0 <= share <= 100:
            raise user_error(f"The {field} of '{name}' must be a whole number from 0 to 100, '{share}' came.")
        if share and name.lower() not in known:
            listed = ", ".join(one.name for one in there) or "none"
            raise user_error(
                f"The {field} names the deployment '{name}', which is not there (deployments: {listed})."
            )
    total = sum(shares.values())
    if field == "traffic" and total not in (0, 100):
        raise user_error(f"The traffic must add up to 0 or 100 percent, it adds up to {total}: {shares}.")
    if field == "mirrorTraffic" and total > 50:
        raise user_error(f"The mirrored traffic may be 50 percent at most, it is {total}: {shares}.")


def _require_endpoint_name(name: str) -> None:
    if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]", name):
        raise user_error(
            f"The endpoint name '{name}' is invalid. It must have 3 to 32 characters, start with a letter, end with a "
            "letter or digit, and hold only letters, digits and hyphens."
        )


def _new_key() -> str:
    return random_secrets.token_urlsafe(24)

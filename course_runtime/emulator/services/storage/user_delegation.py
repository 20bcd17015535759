"""User delegation keys: made from a secret of the account for one principal and one span of time, kept nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac

from starlette.responses import Response

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.storage import xml
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.services.storage.call import Call, xml_answer
from course_runtime.emulator.services.storage.errors import StorageError, authentication_failed, invalid_xml
from course_runtime.emulator.services.storage.formats import parse_iso

LONGEST = 7 * 24 * 3600


def delegation_key(cloud: Cloud, account: Account, object_id: str, tenant: str, start: str, end: str) -> str:
    if tenant.lower() != cloud.identity.tenant_id.lower():
        raise authentication_failed(f"The delegation key is of another tenant '{tenant}'.")
    words = "\n".join(("user delegation", account.id.lower(), object_id.lower(), start, end))
    secret = "".join(account.keys).encode()
    return base64.b64encode(hmac.new(secret, words.encode(), hashlib.sha256).digest()).decode()


async def get_key(call: Call) -> Response:
    """Get User Delegation Key: for who signed in with a token, for a week at most."""
    if call.caller.kind not in ("token", "trusted"):
        raise authentication_failed("Only a request with an OAuth token may ask for a user delegation key.")
    wanted = xml.parse(await call.document(), "KeyInfo")
    start, end = xml.text_of(wanted, "Start"), xml.text_of(wanted, "Expiry")
    _require_span(start, end, call.now)
    tenant, version = call.cloud.identity.tenant_id, call.header("x-ms-version")
    object_id = call.caller.object_id
    root = xml.Element("UserDelegationKey")
    xml.add_all(
        root,
        [
            ("SignedOid", object_id),
            ("SignedTid", tenant),
            ("SignedStart", start),
            ("SignedExpiry", end),
            ("SignedService", call.service[0]),
            ("SignedVersion", version),
            ("Value", delegation_key(call.cloud, call.account, object_id, tenant, start, end)),
        ],
    )
    return xml_answer(xml.document(root))


def _require_span(start: str, end: str, now: float) -> None:
    first, last = parse_iso(start) if start else now, parse_iso(end)
    if first is None or last is None:
        raise invalid_xml("Start and Expiry must be ISO 8601 dates.")
    if last <= max(first, now) or last - now > LONGEST or last - first > LONGEST:
        raise StorageError(
            400,
            "InvalidXmlNodeValue",
            "The value for one of the XML nodes is not in the correct format.",
            more={
                "XmlNodeName": "Expiry",
                "XmlNodeValue": end,
                "Reason": "It must lie after Start and at most seven days ahead.",
            },
        )

"""The blob service as a whole: its properties, and what kind of account it is."""

from __future__ import annotations

from starlette.responses import Response

from course_runtime.emulator.services.storage import xml
from course_runtime.emulator.services.storage.call import Call, answer, xml_answer

KIND = "storage-service"


async def account_information(call: Call) -> Response:
    body = call.account.resource.body
    return answer(
        200,
        {
            "x-ms-sku-name": str(body["sku"]["name"]),
            "x-ms-account-kind": str(body["kind"]),
            "x-ms-is-hns-enabled": str(call.account.hierarchical).lower(),
        },
    )


async def properties(call: Call) -> Response:
    kept = call.cloud.documents.get(KIND, call.key)
    if kept:
        return xml_answer(kept["xml"].encode())
    root = xml.Element("StorageServiceProperties")
    logging = xml.add(root, "Logging")
    xml.add_all(logging, [("Version", "1.0"), ("Delete", "false"), ("Read", "false"), ("Write", "false")])
    xml.add(xml.add(logging, "RetentionPolicy"), "Enabled", "false")
    for name in ("HourMetrics", "MinuteMetrics"):
        metrics = xml.add(root, name)
        xml.add_all(metrics, [("Version", "1.0"), ("Enabled", "false")])
        xml.add(xml.add(metrics, "RetentionPolicy"), "Enabled", "false")
    xml.add(root, "Cors")
    xml.add(xml.add(root, "DeleteRetentionPolicy"), "Enabled", "false")
    return xml_answer(xml.document(root))


async def set_properties(call: Call) -> Response:
    """Kept and shown again; the emulator acts on none of it."""
    body = await call.document()
    xml.parse(body, "StorageServiceProperties")
    call.cloud.documents.put(KIND, call.key, {"xml": body.decode()})
    return answer(202)

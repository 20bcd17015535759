"""Containers: create, delete, properties, metadata, access policies, leases."""

from __future__ import annotations

import re

from starlette.responses import Response

from course_runtime.emulator.services.storage import conditions, leases, xml
from course_runtime.emulator.services.storage.blob_headers import given_metadata
from course_runtime.emulator.services.storage.call import Call, answer, xml_answer
from course_runtime.emulator.services.storage.errors import StorageError, invalid_header
from course_runtime.emulator.services.storage.formats import http_date, metadata_out, new_etag
from course_runtime.emulator.store.blobs import Container

NAME = re.compile(r"\$root|\$logs|\$web|[a-z0-9](?:-?[a-z0-9])*")
MOST_POLICIES = 5


def require_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise StorageError(
            400, "InvalidResourceName", "The specifed resource name contains invalid characters."
        )
    if not 3 <= len(name) <= 63:
        raise StorageError(400, "OutOfRangeInput", "One of the request inputs is out of range.")


async def create(call: Call) -> Response:
    require_name(call.container)
    if call.store.container(call.key, call.container):
        raise StorageError(409, "ContainerAlreadyExists", "The specified container already exists.")
    made = Container(
        call.key,
        call.container,
        new_etag(),
        call.now,
        call.now,
        given_metadata(call),
        _public_access(call),
    )
    call.store.put_container(made)
    return answer(201, _written(made))


async def delete(call: Call) -> Response:
    found = _writable(call)
    call.store.delete_container(call.key, found.name)
    return answer(202)


async def properties(call: Call) -> Response:
    found = call.require_container()
    leases.require(call, found, writing=False)
    headers = _written(found) | leases.shown(found.lease, call.now) | metadata_out(found.metadata)
    headers |= {
        "x-ms-blob-public-access": found.public,
        "x-ms-has-immutability-policy": "false",
        "x-ms-has-legal-hold": "false",
        "x-ms-default-encryption-scope": "$account-encryption-key",
        "x-ms-deny-encryption-scope-override": "false",
    }
    return answer(200, headers)


async def set_metadata(call: Call) -> Response:
    found = _writable(call)
    found.metadata = given_metadata(call)
    return _keep_changed(call, found)


async def get_access(call: Call) -> Response:
    found = call.require_container()
    root = xml.Element("SignedIdentifiers")
    for policy in found.policies:
        one = xml.add(root, "SignedIdentifier")
        xml.add(one, "Id", policy["Id"])
        details = xml.add(one, "AccessPolicy")
        xml.add_all(details, [(tag, policy.get(tag) or None) for tag in ("Start", "Expiry", "Permission")])
    response = xml_answer(xml.document(root))
    response.headers.update(_written(found))
    if found.public:
        response.headers["x-ms-blob-public-access"] = found.public
    return response


async def set_access(call: Call) -> Response:
    body = await call.document()
    found = _writable(call)
    root = xml.parse(body, "SignedIdentifiers") if body.strip() else xml.Element("SignedIdentifiers")
    policies = []
    for one in root:
        details = one.find("AccessPolicy")
        values = {} if details is None else {child.tag: (child.text or "") for child in details}
        policies.append({"Id": xml.text_of(one, "Id"), **values})
    if len(policies) > MOST_POLICIES:
        raise StorageError(
            400, "InvalidXmlDocument", "A container may have five stored access policies at most."
        )
    found.policies, found.public = policies, _public_access(call)
    return _keep_changed(call, found)


async def lease(call: Call) -> Response:
    found = call.require_container()
    conditions.check_write(call.headers, found)
    response = leases.change(call, found)
    call.store.put_container(found)
    return response


def _writable(call: Call) -> Container:
    found = call.require_container()
    conditions.check_write(call.headers, found)
    leases.require(call, found, writing=call.method == "DELETE")
    return found


def _public_access(call: Call) -> str:
    given = call.header("x-ms-blob-public-access").lower()
    if given not in ("", "blob", "container"):
        raise invalid_header("x-ms-blob-public-access", given, "blob or container was expected.")
    if given and not call.account.allows_public_access:
        raise StorageError(
            409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account."
        )
    return given


def _keep_changed(call: Call, found: Container) -> Response:
    found.etag, found.modified = new_etag(), call.now
    call.store.put_container(found)
    return answer(200, _written(found))


def _written(found: Container) -> dict[str, str]:
    return {"ETag": found.etag, "Last-Modified": http_date(found.modified)}

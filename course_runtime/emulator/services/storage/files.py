"""Directories and files in a share."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response, StreamingResponse

from course_runtime.emulator.services.storage import content, file_entries, ranges, xml
from course_runtime.emulator.services.storage.blob_headers import KEPT_HEADERS, given_metadata
from course_runtime.emulator.services.storage.call import Call, answer, xml_answer
from course_runtime.emulator.services.storage.errors import StorageError, invalid_header, missing_header
from course_runtime.emulator.services.storage.file_entries import DIRECTORY, FILE
from course_runtime.emulator.services.storage.listing import read_marker, write_marker
from course_runtime.emulator.store.blobs import Blob, Extent

LARGEST_PAGE = 5000
LARGEST_FILE = 4 * 1024**4


async def create_directory(call: Call) -> Response:
    made = file_entries.begin(call, DIRECTORY)
    made.metadata = given_metadata(call)
    call.store.put(made)
    return answer(201, file_entries.written(made))


async def directory_properties(call: Call) -> Response:
    return answer(200, file_entries.shown(file_entries.require(call, DIRECTORY)))


async def delete_directory(call: Call) -> Response:
    found = file_entries.require(call, DIRECTORY)
    if any(True for _ in file_entries.children(call, found.name)):
        raise StorageError(409, "DirectoryNotEmpty", "The specified directory is not empty.")
    call.store.delete(call.key, call.container, found.name)
    return answer(202)


async def list_directory(call: Call) -> Response:
    directory = file_entries.require(call, DIRECTORY)
    prefix, start = call.query.get("prefix", ""), read_marker(call)
    size = min(call.number("maxresults", LARGEST_PAGE), LARGEST_PAGE)
    entries = (
        one
        for one in file_entries.children(call, directory.name)
        if one.name >= start and one.name.rpartition("/")[2].startswith(prefix)
    )
    found = list(islice(entries, size + 1))
    root = xml.Element("EnumerationResults", ServiceEndpoint=f"https://{call.request.scope['host']}/")
    root.set("ShareName", call.container)
    root.set("DirectoryPath", directory.name)
    group = xml.add(root, "Entries")
    for one in found[:size]:
        _add_entry(group, one)
    xml.add(root, "NextMarker", write_marker(found[size].name) if len(found) > size else "")
    return xml_answer(xml.document(root))


async def create(call: Call) -> Response:
    """A file of its full length, all zeros."""
    if call.header("x-ms-type").lower() != "file":
        raise missing_header("x-ms-type")
    made = file_entries.begin(call, FILE)
    length = _given_length(call)
    made.extents = [Extent("", 0, length)] if length else []
    made.metadata, made.headers = given_metadata(call), _given_headers(call)
    call.store.put(made)
    return answer(201, file_entries.written(made))


async def put_range(call: Call) -> Response:
    _span(call)
    clears = call.header("x-ms-write").lower() == "clear"
    async with content.received(call) as arrived:
        file, first, length = _span(call)
        if not clears and arrived.size != length:
            raise invalid_header("x-ms-range", call.header("x-ms-range"), f"{arrived.size} bytes came.")
        fresh = [Extent("", 0, length)] if clears else arrived.extents()
        file.extents = ranges.replaced(file.extents, first, length, fresh)
        file_entries.changed(call, file)
    return answer(201, file_entries.written(file) | arrived.hashes())


async def get(call: Call) -> Response:
    file = file_entries.require(call, FILE)
    span = content.asked_range(call, file.size)
    first, length = span or (0, file.size)
    headers = file_entries.shown(file) | {"Content-Length": str(length)}
    if span:
        headers["Content-Range"] = f"bytes {first}-{first + length - 1}/{file.size}"
    return StreamingResponse(content.stream(call, file, first, length), 206 if span else 200, headers)


async def properties(call: Call) -> Response:
    file = file_entries.require(call, FILE)
    return answer(200, file_entries.shown(file) | {"Content-Length": str(file.size)})


async def set_properties(call: Call) -> Response:
    """The content's headers, and the length when one is given."""
    file = file_entries.require(call, FILE)
    if call.header("x-ms-content-length"):
        length = _given_length(call)
        more = [Extent("", 0, length - file.size)] if length > file.size else []
        file.extents = ranges.taken(file.extents, 0, length) + more
    file.headers = _given_headers(call) or file.headers
    file_entries.changed(call, file)
    return answer(200, file_entries.written(file))


async def set_metadata(call: Call) -> Response:
    kind = DIRECTORY if call.query.get("restype") == "directory" else FILE
    found = file_entries.require(call, kind)
    found.metadata = given_metadata(call)
    file_entries.changed(call, found)
    return answer(200, file_entries.written(found))


async def delete(call: Call) -> Response:
    file = file_entries.require(call, FILE)
    call.store.delete(call.key, call.container, file.name)
    return answer(202)


async def list_ranges(call: Call) -> Response:
    file = file_entries.require(call, FILE)
    root = xml.Element("Ranges")
    for first, last in ranges.filled(file.extents):
        xml.add_all(xml.add(root, "Range"), [("Start", first), ("End", last)])
    response = xml_answer(xml.document(root))
    response.headers.update(file_entries.written(file) | {"x-ms-content-length": str(file.size)})
    return response


def _span(call: Call) -> tuple[Blob, int, int]:
    file = file_entries.require(call, FILE)
    if not (call.header("x-ms-range") or call.header("range")):
        raise missing_header("x-ms-range")
    span = content.asked_range(call, file.size)
    if span is None:
        raise invalid_header("x-ms-range", call.header("x-ms-range") or call.header("range"))
    return file, *span


def _given_length(call: Call) -> int:
    given = call.header("x-ms-content-length")
    if not given.isdecimal() or int(given) > LARGEST_FILE:
        raise invalid_header("x-ms-content-length", given, "The file's length in bytes was expected.")
    return int(given)


def _given_headers(call: Call) -> dict[str, str]:
    return {name: call.header(f"x-ms-{name}") for name in KEPT_HEADERS if call.header(f"x-ms-{name}")}


def _add_entry(group: xml.Element, one: Blob) -> None:
    entry = xml.add(group, one.type)
    xml.add_name(entry, one.name.rpartition("/")[2])
    xml.add(entry, "FileId", file_entries.identifier(one.container, one.name))
    values = xml.add(entry, "Properties")
    if one.type == FILE:
        xml.add(values, "Content-Length", one.size)
    written = file_entries.written(one)
    times = [("CreationTime", "x-ms-file-creation-time"), ("LastWriteTime", "x-ms-file-last-write-time")]
    xml.add_all(values, [(tag, written[header]) for tag, header in times])
    xml.add_all(values, [("Last-Modified", written["Last-Modified"]), ("Etag", one.etag)])

"""How large a zip archive's list of files is, read before anything parses it: a list can be a bomb, too."""

from __future__ import annotations

import struct
from typing import BinaryIO

END = b"PK\x05\x06"
END_SIZE = 22
LOCATOR = b"PK\x06\x07"
LOCATOR_SIZE = 20
END_64 = b"PK\x06\x06"
END_64_SIZE = 56
LONGEST_COMMENT = 65_535


def central_directory_size(file: BinaryIO) -> int:
    """0 where there is no such list: whoever parses the file then says that it is no archive."""
    end = file.seek(0, 2)
    start = max(0, end - LONGEST_COMMENT - END_SIZE - LOCATOR_SIZE)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(END)
    if found < 0 or len(tail) - found < END_SIZE:
        return 0
    (size,) = struct.unpack("<L", tail[found + 12 : found + 16])
    return max(int(size), _size_64(file, tail[max(0, found - LOCATOR_SIZE) : found]))


def _size_64(file: BinaryIO, locator: bytes) -> int:
    """Where an archive has both records, readers take the larger one's word."""
    if len(locator) < LOCATOR_SIZE or not locator.startswith(LOCATOR):
        return 0
    (offset,) = struct.unpack("<Q", locator[8:16])
    # Some readers look at the offset, others at the bytes just before the locator.
    position = file.seek(0, 2)
    sizes = [0]
    for place in (offset, position - END_SIZE - LOCATOR_SIZE - END_64_SIZE):
        if 0 <= place < position:
            file.seek(place)
            record = file.read(END_64_SIZE)
            if len(record) == END_64_SIZE and record.startswith(END_64):
                sizes.append(struct.unpack("<Q", record[40:48])[0])
    return max(sizes)

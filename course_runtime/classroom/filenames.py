"""Names of files made from students' names: harmless on every system, and one for each student."""

from __future__ import annotations

import hashlib
import re
import unicodedata

ODD = re.compile(r"[^\w.@-]+")
LONGEST = 60
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def file_name(student: str) -> str:
    """What was changed, and what another system would take for the same, is told apart by a short digest."""
    plain = ODD.sub("-", unicodedata.normalize("NFC", student)).strip(".-")[:LONGEST]
    if (
        plain
        and plain == student
        and plain == plain.lower()
        and plain.isascii()
        and not RESERVED.fullmatch(plain)
    ):
        return plain
    digest = hashlib.blake2b(student.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    return f"{plain or 'student'}-{digest}"

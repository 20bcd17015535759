"""Text that came from a student's code, made safe to show: it can neither steer a terminal nor hide anything."""

from __future__ import annotations

import re
import unicodedata

ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, screen
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS
    r"|\x1b[ -/]*[0-~]"
)
# Letters and marks by their category, but nothing to see.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\u2800")


def safe(text: str) -> str:
    """Without escape sequences; other control, bidirectional and zero-width characters as `\\u202e`."""
    return ESCAPE_SEQUENCE.sub("", text.replace("\r\n", "\n")).translate(_Table())


class _Table(dict[int, str]):
    """Decides a character when it first comes."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _shown(chr(code))
        return shown


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    if character.isprintable() and character not in INVISIBLE:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")

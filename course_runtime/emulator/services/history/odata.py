"""The filters of run history's queries: `(ParentRunId eq null) and (Tags/team eq a)`.

Clients write values without quotes, so a value goes on to the next parenthesis, `and` or `or`. Of a tag that a run
does not have nothing is true, not even `eq null`: this is how clients ask whether it has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from course_runtime.emulator.services.history.errors import bad_value
from course_runtime.emulator.services.history.moments import seconds_of

TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?P<mark>[()])|(?P<word>[^\s()'"]+))"""
)
ENDS_A_VALUE = ("and", "or", "(", ")")


class Absent:
    """What a tag that is not there is."""


Value = str | float | bool | Absent | None
Look = Callable[[str], Value]
"""A field's value: `Status`, `Tags/team`; moments as seconds since the epoch."""


def holds(text: str, look: Look) -> bool:
    """Whether the filter is true of what `look` shows."""
    reading = _Reading(text, look)
    found = reading.either()
    if not reading.at_end():
        raise reading.wrong()
    return found


class _Reading:
    """Reads and judges at once; both sides of `and` and `or` are read always, so that slips are found."""

    def __init__(self, text: str, look: Look) -> None:
        self.text = text
        self._look = look
        self._tokens = [str(match[str(match.lastgroup)]) for match in TOKEN.finditer(text)]
        self._next = 0

    def at_end(self) -> bool:
        return self._next >= len(self._tokens)

    def either(self) -> bool:
        found = self._both()
        while self._skip("or"):
            found = self._both() or found
        return found

    def _both(self) -> bool:
        found = self._one()
        while self._skip("and"):
            found = self._one() and found
        return found

    def _one(self) -> bool:
        if self._skip("("):
            found = self.either()
            if not self._skip(")"):
                raise self.wrong()
            return found
        field, operator = self._take(), self._take().lower()
        if operator not in ("eq", "ne", "gt", "ge", "lt", "le"):
            raise self.wrong()
        return _compared(self._look(field), operator, self._value())

    def _value(self) -> str:
        words = [self._take()]
        while not self.at_end() and self._tokens[self._next].lower() not in ENDS_A_VALUE:
            words.append(self._take())
        return " ".join(words)

    def _skip(self, word: str) -> bool:
        if self.at_end() or self._tokens[self._next].lower() != word:
            return False
        self._next += 1
        return True

    def _take(self) -> str:
        if self.at_end():
            raise self.wrong()
        self._next += 1
        return self._tokens[self._next - 1]

    def wrong(self) -> Exception:
        return bad_value(
            f"The filter '{self.text}' cannot be read: clauses like 'Status eq Completed' were expected, joined with "
            "and, or."
        )


def _compared(found: Value, operator: str, wanted: str) -> bool:
    if isinstance(found, Absent):
        return False
    if wanted.lower() == "null":
        return (found is None) == (operator == "eq")
    if found is None:
        return operator == "ne"
    if isinstance(found, float):
        return _ordered(found, operator, seconds_of(wanted))
    value = _unquoted(wanted)
    if isinstance(found, bool):
        return _ordered(str(found).lower(), operator, value.lower())
    return _ordered(found, operator, value)


def _unquoted(text: str) -> str:
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _ordered(left: str | float, operator: str, right: str | float) -> bool:
    sign = (left > right) - (left < right)  # type: ignore[operator]
    return {
        "eq": sign == 0,
        "ne": sign != 0,
        "gt": sign > 0,
        "ge": sign >= 0,
        "lt": sign < 0,
        "le": sign <= 0,
    }[operator]

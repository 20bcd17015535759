"""MLflow's search language: `metrics.auc > 0.9 and tags.team = 'a'`, and `order_by`.

Clauses are joined with AND, as MLflow has it; a clause about something that an item does not have is false.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from course_runtime.emulator.services.history.mlflow.errors import invalid

Item = TypeVar("Item")
Value = str | float | None
Look = Callable[[Any, str, str], Any]
"""(item, kind, key) -> the value there, or None: kind is `metric`, `param`, `tag`, `attribute`."""

KINDS = {
    "metric": "metric",
    "metrics": "metric",
    "param": "param",
    "params": "param",
    "parameter": "param",
    "parameters": "param",
    "tag": "tag",
    "tags": "tag",
    "attribute": "attribute",
    "attributes": "attribute",
    "attr": "attribute",
    "run": "attribute",
    "dataset": "dataset",
    "datasets": "dataset",
}
TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\.)*')
      | (?P<quoted>"(?:[^"\\]|\\.)*"|`[^`]*`)
      | (?P<compare><=|>=|!=|<>|==|=|<|>)
      | (?P<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))
      | (?P<word>[A-Za-z_][\w\-/]*)
      | (?P<mark>[.,()])
    )""",
    re.VERBOSE,
)
NUMERIC: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
}


@dataclass(frozen=True)
class Clause:
    kind: str
    key: str
    operator: str
    value: Value | tuple[str, ...]

    def holds(self, found: Any) -> bool:
        if self.operator in ("IS NULL", "IS NOT NULL"):
            return (found is None) == (self.operator == "IS NULL")
        if found is None:
            return False
        if isinstance(self.value, tuple):
            return (str(found) in self.value) == (self.operator == "IN")
        if isinstance(found, (int, float)):
            return self._number(float(found))
        return self._text(str(found))

    def _number(self, found: float) -> bool:
        try:
            wanted = float(str(self.value))
        except ValueError:
            raise invalid(f"'{self.key}' is compared with numbers; '{self.value}' came.") from None
        if self.operator not in NUMERIC:
            raise invalid(f"'{self.operator}' does not compare numbers, and '{self.key}' is one.")
        return NUMERIC[self.operator](found, wanted)

    def _text(self, found: str) -> bool:
        if isinstance(self.value, float):
            raise invalid(
                f"'{self.kind}s.{self.key}' holds text: its value must be in quotes, {self.value:g} came."
            )
        wanted = str(self.value)
        if self.operator in ("LIKE", "ILIKE"):
            return _like(wanted, self.operator == "ILIKE").fullmatch(found) is not None
        if self.operator in ("=", "!="):
            return (found == wanted) == (self.operator == "=")
        if self.key == "version_number" or (_is_number(found) and _is_number(wanted)):
            return NUMERIC[self.operator](float(found), float(wanted))
        raise invalid(
            f"'{self.operator}' does not compare texts, and '{self.kind}s.{self.key}' is one: "
            "=, !=, LIKE, ILIKE, IN and NOT IN do."
        )


def matching(items: Sequence[Item], filter_text: str | None, look: Look) -> list[Item]:
    clauses = parse(filter_text)
    return [item for item in items if all(one.holds(look(item, one.kind, one.key)) for one in clauses)]


def ordered(items: Sequence[Item], order_by: Sequence[str], look: Look) -> list[Item]:
    """By the first of the keys, then the next; what has no such value comes last, and NaN just before that."""
    found = list(items)
    for text in reversed(order_by):
        kind, key, descending = parse_order(text)
        values = {id(item): look(item, kind, key) for item in found}
        present = [item for item in found if not _is_odd(values[id(item)])]
        odd = [item for item in found if _is_odd(values[id(item)])]
        present.sort(key=lambda item: _comparable(values[id(item)]), reverse=descending)
        found = present + sorted(odd, key=lambda item: values[id(item)] is None)
    return found


def parse(filter_text: str | None) -> list[Clause]:
    tokens = _Tokens(filter_text or "")
    clauses = []
    while not tokens.at_end():
        clauses.append(_clause(tokens))
        if not tokens.at_end():
            tokens.expect_word("AND")
            if tokens.at_end():
                raise tokens.wrong("a clause after AND")
    return clauses


def parse_order(text: str) -> tuple[str, str, bool]:
    tokens = _Tokens(text)
    kind, key = _name(tokens)
    descending = False
    if not tokens.at_end():
        word = tokens.take()[1].upper()
        if word not in ("ASC", "DESC"):
            raise invalid(f"Invalid order_by clause '{text}': ASC or DESC was expected after '{key}'.")
        descending = word == "DESC"
    if not tokens.at_end():
        raise invalid(f"Invalid order_by clause '{text}': it goes on after its end.")
    return kind, key, descending


def _clause(tokens: _Tokens) -> Clause:
    kind, key = _name(tokens)
    operator = _operator(tokens)
    if operator in ("IS NULL", "IS NOT NULL"):
        return Clause(kind, key, operator, None)
    if operator in ("IN", "NOT IN"):
        return Clause(kind, key, operator, _list(tokens))
    sort, text = tokens.take()
    if sort == "number":
        return Clause(kind, key, operator, float(text))
    if sort in ("text", "quoted"):
        return Clause(kind, key, operator, _unquoted(text))
    raise tokens.wrong("a number, or a text in quotes", text)


def _name(tokens: _Tokens) -> tuple[str, str]:
    """`metrics.auc`, `tags."my tag"`, or a bare attribute; unquoted keys may have dots in them."""
    sort, first = tokens.take()
    if sort not in ("word", "quoted"):
        raise tokens.wrong("a name such as metrics.auc", first)
    if not tokens.peek_is("."):
        return "attribute", _unquoted(first)
    kind = KINDS.get(first.lower())
    if kind is None:
        raise invalid(
            f"Invalid entity type '{first}'. Valid values are metrics, params, tags, attributes and datasets."
        )
    parts = []
    while tokens.peek_is("."):
        tokens.take()
        sort, part = tokens.take()
        if sort not in ("word", "quoted", "number"):
            raise tokens.wrong(f"the name of one of the {kind}s", part)
        parts.append(_unquoted(part))
    return kind, ".".join(parts)


def _operator(tokens: _Tokens) -> str:
    sort, text = tokens.take()
    word = text.upper()
    if sort == "compare":
        return {"==": "=", "<>": "!="}.get(text, text)
    if word in ("LIKE", "ILIKE", "IN"):
        return word
    if word == "NOT":
        tokens.expect_word("IN")
        return "NOT IN"
    if word == "IS":
        if tokens.peek_is("not"):
            tokens.take()
            tokens.expect_word("NULL")
            return "IS NOT NULL"
        tokens.expect_word("NULL")
        return "IS NULL"
    raise tokens.wrong("a comparison such as =, >=, LIKE or IN", text)


def _list(tokens: _Tokens) -> tuple[str, ...]:
    tokens.expect_mark("(")
    found = []
    while True:
        sort, text = tokens.take()
        if sort not in ("text", "quoted", "number"):
            raise tokens.wrong("a text in quotes", text)
        found.append(_unquoted(text))
        _, mark = tokens.take()
        if mark == ")":
            return tuple(found)
        if mark != ",":
            raise tokens.wrong("',' or ')'", mark)


class _Tokens:
    """The filter in pieces, taken one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: list[tuple[str, str]] = []
        self._next = 0
        place = 0
        while place < len(text.rstrip()):
            match = TOKEN.match(text, place)
            if match is None:
                raise invalid(
                    f"Invalid filter '{text}': '{text[place:].strip()}' cannot be read (character {place + 1})."
                )
            self._found.append((str(match.lastgroup), str(match[str(match.lastgroup)])))
            place = match.end()

    def at_end(self) -> bool:
        return self._next >= len(self._found)

    def take(self) -> tuple[str, str]:
        if self.at_end():
            raise self.wrong("more", "nothing")
        self._next += 1
        return self._found[self._next - 1]

    def peek_is(self, text: str) -> bool:
        return not self.at_end() and self._found[self._next][1].lower() == text

    def expect_word(self, word: str) -> None:
        _, found = self.take()
        if found.upper() != word:
            raise self.wrong(word, found)

    def expect_mark(self, mark: str) -> None:
        _, found = self.take()
        if found != mark:
            raise self.wrong(f"'{mark}'", found)

    def wrong(self, expected: str, came: str = "nothing") -> Exception:
        return invalid(f"Invalid filter '{self.text}': {expected} was expected, {came} came.")


def _unquoted(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"`":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _like(pattern: str, any_case: bool) -> re.Pattern[str]:
    """SQL's: `%` stands for any run of characters, `_` for one."""
    parts = [".*" if one == "%" else "." if one == "_" else re.escape(one) for one in pattern]
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if any_case else 0))


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()


def _is_odd(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _comparable(value: Any) -> tuple[int, float, str]:
    if isinstance(value, (int, float)):
        return 0, float(value), ""
    return 1, 0.0, str(value)

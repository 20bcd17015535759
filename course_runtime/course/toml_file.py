"""Reading TOML written by hand: every complaint names the file, the key and what was expected."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from course_runtime.course.errors import CourseError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]


class Table:
    """One TOML table, read key by key."""

    def __init__(self, values: Mapping[str, Any], file: Path, place: str = "") -> None:
        self.values = values
        self.file = file
        self.place = place

    def text(self, key: str, default: str | None = None) -> str:
        value: str = self._value(key, default, str, "a text")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        value: int = self._value(key, default, int, "a whole number")
        return value

    def truth(self, key: str, default: bool | None = None) -> bool:
        return bool(self._value(key, default, bool, "true or false"))

    def texts(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        return tuple(self._list(key, default, str, "a list of texts"))

    def wholes(self, key: str, default: Iterable[int] | None = None) -> tuple[int, ...]:
        return tuple(self._list(key, default, int, "a list of whole numbers"))

    def tables(self, key: str) -> list[Table]:
        rows = self._list(key, (), dict, "a list of tables")
        return [Table(row, self.file, f"{key} number {count}") for count, row in enumerate(rows, 1)]

    def table(self, key: str) -> Table:
        return Table(self._value(key, {}, dict, "a table"), self.file, key)

    def only(self, *known: str) -> None:
        """A misspelt key must not be ignored: it would drop what its author wrote."""
        for key in self.values:
            if key not in known:
                raise self._error(f"has the unknown key {key!r}", f"Known keys here: {', '.join(known)}.")

    def _value(self, key: str, default: Any, kind: type, wanted: str) -> Any:
        value = self.values.get(key, default)
        if value is None:
            raise self._error(f"has no {key!r}", f"Add {key} = … ({wanted}).")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._error(f"has {key} = {value!r} where {wanted} was expected", f"Mend {key}.")
        return value

    def _list(self, key: str, default: Any, kind: type, wanted: str) -> list[Any]:
        values = self._value(key, None if default is None else list(default), list, wanted)
        for value in values:
            if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
                raise self._error(f"has {value!r} in {key} where {wanted} was expected", f"Mend {key}.")
        return list(values)

    def _error(self, what: str, next_step: str) -> CourseError:
        place = f", {self.place}," if self.place else ""
        return CourseError(f"{self.file}{place} {what}.", next_step)


def read_toml(path: Path) -> Table:
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.", "Put the file back.") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not UTF-8 text: {error}.", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not valid TOML: {error}.", "Mend that line.") from error


def toml_text(value: str) -> str:
    """A TOML basic string."""
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

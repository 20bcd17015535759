"""A data asset on disk as a table: a CSV, Parquet or JSON-lines file, a folder of such, or an MLTable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

DEFINITION = "MLTable"
SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".jsonl")

Frame = Any  # a pandas DataFrame; pandas is imported only where a table is read


class TableError(Exception):
    """What is on disk cannot be read as a table; the message says what and where."""


def read_table(path: Path) -> Frame:
    if path.name == DEFINITION:
        path = path.parent
    if (path / DEFINITION).is_file():
        return _read_mltable(path)
    files = [path] if path.is_file() else _data_files(path)
    return _concatenated([_read_file(file) for file in files])


def _data_files(folder: Path) -> list[Path]:
    found = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix in SUFFIXES)
    if not found:
        raise TableError(
            f"No table was found in '{folder.name}': a file that ends with {', '.join(SUFFIXES)} was expected."
        )
    return found


def _read_file(file: Path) -> Frame:
    import pandas

    if not file.is_file():
        raise TableError(f"The file '{file.name}' is not there.")
    try:
        if file.suffix == ".parquet":
            return pandas.read_parquet(file)
        if file.suffix == ".jsonl":
            return pandas.read_json(file, lines=True)
        return pandas.read_csv(file, sep="\t" if file.suffix == ".tsv" else ",")
    except (ValueError, OSError) as problem:
        raise TableError(f"The file '{file.name}' cannot be read as a table: {problem}") from None


def _concatenated(frames: Sequence[Frame]) -> Frame:
    import pandas

    return frames[0] if len(frames) == 1 else pandas.concat(frames, ignore_index=True)


# MLTable ------------------------------------------------------------------------------------------


def _read_mltable(folder: Path) -> Frame:
    definition = _definition(folder / DEFINITION)
    files = [file for entry in definition.get("paths") or [] for file in _files_of(folder, entry)]
    if not files:
        raise TableError(f"The MLTable in '{folder.name}' names no file under `paths` that is there.")
    steps = [_step(given) for given in definition.get("transformations") or []]
    read = next((arguments for name, arguments in steps if name in READERS), None)
    reader = next((READERS[name] for name, _ in steps if name in READERS), _read_plain)
    table = _concatenated([reader(file, read or {}) for file in files])
    for name, arguments in steps:
        if name not in READERS:
            table = _transformed(table, name, arguments)
    return table


def _definition(file: Path) -> Mapping[str, Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        found = yaml.safe_load(file.read_text())
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise TableError(f"The MLTable file is not YAML: {problem}") from None
    if not isinstance(found, Mapping):
        raise TableError("The MLTable file must be a mapping with `paths` and `transformations`.")
    return found


def _files_of(folder: Path, entry: Any) -> list[Path]:
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise TableError(
            f"An entry of an MLTable's `paths` names one `file`, `folder` or `pattern`; {entry!r} came."
        )
    ((kind, place),) = entry.items()
    inside = str(place).removeprefix("./")
    if "://" in inside or inside.startswith("/") or ".." in Path(inside).parts:
        raise TableError(
            f"The MLTable names '{place}', which lies outside its own folder; only files beside it are read here."
        )
    if kind == "file":
        return [folder / inside]
    if kind == "folder":
        return _data_files(folder / inside)
    if kind == "pattern":
        return sorted(file for file in folder.glob(inside) if file.is_file())
    raise TableError(f"An MLTable path is a `file`, `folder` or `pattern`; '{kind}' came.")


def _step(given: Any) -> tuple[str, Any]:
    if isinstance(given, str):
        return given, {}
    if isinstance(given, Mapping) and len(given) == 1:
        ((name, arguments),) = given.items()
        return str(name), arguments
    raise TableError(f"A transformation of an MLTable is one name with its arguments; {given!r} came.")


def _read_plain(file: Path, arguments: Mapping[str, Any]) -> Frame:
    return _read_file(file)


def _read_delimited(file: Path, arguments: Mapping[str, Any]) -> Frame:
    import pandas

    has_header = str(arguments.get("header", "all_files_same_headers")) != "no_header"
    table = pandas.read_csv(
        file,
        sep=arguments.get("delimiter", ","),
        encoding=arguments.get("encoding", "utf8"),
        header=0 if has_header else None,
        quotechar='"',
    )
    if not has_header:
        table.columns = [f"Column{number + 1}" for number in range(len(table.columns))]
    return table


def _read_parquet(file: Path, arguments: Mapping[str, Any]) -> Frame:
    import pandas

    return pandas.read_parquet(file)


def _read_json_lines(file: Path, arguments: Mapping[str, Any]) -> Frame:
    import pandas

    return pandas.read_json(file, lines=True)


READERS: Mapping[str, Callable[[Path, Mapping[str, Any]], Frame]] = {
    "read_delimited": _read_delimited,
    "read_parquet": _read_parquet,
    "read_json_lines": _read_json_lines,
}


def _transformed(table: Frame, name: str, arguments: Any) -> Frame:
    columns = [arguments] if isinstance(arguments, str) else arguments
    if name == "keep_columns":
        return table[list(columns)]
    if name == "drop_columns":
        return table.drop(columns=list(columns))
    if name == "take":
        return table.head(int(arguments))
    if name == "skip":
        return table.iloc[int(arguments) :]
    if name == "convert_column_types":
        return _converted(table, arguments)
    raise TableError(
        f"The transformation '{name}' of an MLTable is not known here; known are "
        f"{', '.join([*READERS, 'keep_columns', 'drop_columns', 'take', 'skip', 'convert_column_types'])}."
    )


def _converted(table: Frame, conversions: Sequence[Mapping[str, Any]]) -> Frame:
    import pandas

    kinds = {"int": "int64", "float": "float64", "string": "str", "boolean": "bool"}
    for one in conversions:
        wanted = one["column_type"]
        columns = [one["columns"]] if isinstance(one["columns"], str) else one["columns"]
        for column in columns:
            if isinstance(wanted, Mapping) or wanted == "datetime":
                table = table.assign(**{column: pandas.to_datetime(table[column])})
            else:
                table = table.astype({column: kinds.get(str(wanted), str(wanted))})
    return table

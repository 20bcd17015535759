"""The tables as CSV files: what each kind is called, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .batch import batch_files
from .drift import baseline, drifted
from .errors import DatasetError
from .joining import patient_files
from .nulls import raw
from .progression import progression
from .tables import clean, second_year

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Kind:
    """A kind of data: the file or folder that holds it, and the text of each file by its relative path."""

    place: str
    texts: Callable[[int], dict[str, str]]


def write(kind: str, folder: Path, seed: int) -> Path:
    """Writes the data under the folder and returns the file, or for several files the folder that holds them."""
    chosen = kind_named(kind)
    for name, text in chosen.texts(seed).items():
        file = Path(folder) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return Path(folder) / chosen.place


def kind_named(kind: str) -> Kind:
    if kind not in KINDS:
        raise DatasetError(f"There is no data of the kind {kind!r}. Choose one of: {', '.join(KINDS)}.")
    return KINDS[kind]


def _csv(table: DataFrame) -> str:
    return table.to_csv(index=False, lineterminator="\n")


def _table(name: str, make: Callable[[int], DataFrame]) -> Kind:
    return Kind(name, lambda seed: {name: _csv(make(seed))})


def _patients(seed: int) -> dict[str, str]:
    return {f"patients/{name}": _csv(table) for name, table in patient_files(seed).items()}


def _batch(seed: int) -> dict[str, str]:
    return {f"batch/{name}": text for name, text in batch_files(seed).items()}


KINDS = {
    "clean": _table("diabetes.csv", clean),
    "second_year": _table("diabetes2.csv", second_year),
    "raw": _table("diabetes-raw.csv", raw),
    "baseline": _table("diabetes-baseline.csv", baseline),
    "drifted": _table("diabetes-drifted.csv", drifted),
    "patient_files": Kind("patients", _patients),
    "batch_files": Kind("batch", _batch),
    "progression": _table("diabetes_raw_data.csv", lambda seed: progression()),
}

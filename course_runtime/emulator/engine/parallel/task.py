"""What a mini-batch run is told, as one JSON file, and how it cuts its input into mini-batches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

UNITS = {"": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}
ANY_NUMBER = -1


@dataclass(frozen=True)
class Task:
    """`files` or `table` is the input. Thresholds of -1 let everything fail and go on."""

    script: str
    arguments: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    table: str = ""
    size: int = 10
    """Files a mini-batch, or bytes of a table."""
    workers: int = 1
    retries: int = 3
    seconds: float = 60.0
    error_threshold: int = ANY_NUMBER
    batch_error_threshold: int = ANY_NUMBER
    output: str = ""
    """The file that gets a row for each result; none for a run that writes for itself."""
    separator: str = ","

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, file: Path) -> Task:
        fields: dict[str, Any] = json.loads(file.read_text())
        fields |= {name: tuple(fields[name]) for name in ("arguments", "files")}
        return cls(**fields)


def batch_size(text: object) -> int:
    """'10' files, or '400kb', '10 MB' of a table; ValueError for anything else."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmg]?b)?\s*", str(text).lower())
    if found is None or float(found[1]) <= 0:
        raise ValueError(
            f"'{text}' is not a mini-batch size: a number of files like '10', or a size like '400kb', was expected."
        )
    return max(1, int(float(found[1]) * UNITS[found[2] or ""]))


def file_batches(files: tuple[str, ...], size: int) -> Iterator[list[str]]:
    for start in range(0, len(files), size):
        yield list(files[start : start + size])


def table_batches(table: Any, size: int) -> Iterator[Any]:
    """Rows that together have about `size` bytes as text."""
    if not len(table):
        return
    sample = table.head(200).to_csv(index=False, header=False)
    bytes_a_row = max(1, len(sample.encode()) // min(200, len(table)))
    rows = max(1, size // bytes_a_row)
    for start in range(0, len(table), rows):
        yield table.iloc[start : start + rows].reset_index(drop=True)

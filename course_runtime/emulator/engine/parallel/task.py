"""What a mini-batch run is told on its command line, and how it cuts its input into mini-batches."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNITS = {"": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}
ANY_NUMBER = -1
MODULE = "course_runtime.emulator.engine.parallel.driver"


@dataclass(frozen=True)
class Task:
    """Thresholds of -1 let everything fail and go on; without `output` the script writes for itself."""

    script: str
    inputs: tuple[str, ...]
    is_table: bool = False
    size: str = "10"
    """Files a mini-batch, or bytes of a table."""
    workers: int = 1
    retries: int = 3
    seconds: float = 60.0
    error_threshold: int = ANY_NUMBER
    batch_error_threshold: int = ANY_NUMBER
    output: str = ""
    separator: str = ","
    arguments: tuple[str, ...] = ()

    def command(self) -> str:
        """As a job's command; `${{inputs.x}}` in paths and arguments is filled in by whoever runs the job."""
        options = {
            "--script": self.script,
            "--size": self.size,
            "--workers": self.workers,
            "--retries": self.retries,
            "--seconds": self.seconds,
            "--error-threshold": self.error_threshold,
            "--batch-error-threshold": self.batch_error_threshold,
            "--separator": f"'{self.separator}'",
        }
        words = [f"python -m {MODULE}", *(f"{name} {value}" for name, value in options.items())]
        words += [f"--input {path}" for path in self.inputs]
        words += ["--table"] if self.is_table else []
        words += [f"--output {self.output}"] if self.output else []
        words += ["--", *self.arguments] if self.arguments else []
        return " ".join(words)


def parse(arguments: Sequence[str]) -> Task:
    own, _, rest = _split(arguments)
    parser = argparse.ArgumentParser(prog=f"python -m {MODULE}")
    parser.add_argument("--script", required=True)
    parser.add_argument("--input", action="append", required=True, dest="inputs")
    parser.add_argument("--table", action="store_true", dest="is_table")
    parser.add_argument("--size", default="10")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--retries", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--error-threshold", type=int, default=ANY_NUMBER)
    parser.add_argument("--batch-error-threshold", type=int, default=ANY_NUMBER)
    parser.add_argument("--output", default="")
    parser.add_argument("--separator", default=",")
    fields = vars(parser.parse_args(own))
    return Task(**{**fields, "inputs": tuple(fields["inputs"]), "arguments": tuple(rest)})


def _split(arguments: Sequence[str]) -> tuple[list[str], str, list[str]]:
    words = list(arguments)
    if "--" not in words:
        return words, "", []
    at = words.index("--")
    return words[:at], "--", words[at + 1 :]


def batch_size(text: object) -> int:
    """'10' files, or '400kb', '10 MB' of a table; ValueError for anything else."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmg]?b)?\s*", str(text).lower())
    if found is None or float(found[1]) <= 0:
        raise ValueError(
            f"'{text}' is not a mini-batch size: a number of files like '10', or a size like '400kb', was expected."
        )
    return max(1, int(float(found[1]) * UNITS[found[2] or ""]))


def files_in(paths: Sequence[str]) -> list[str]:
    """Every file, by name, of folders and of what is a file already."""
    found: list[str] = []
    for path in map(Path, paths):
        inside = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
        found += map(str, inside)
    return found


def file_batches(files: Sequence[str], size: int) -> Iterator[list[str]]:
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

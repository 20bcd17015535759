"""The program that runs an entry script's `init()` and `run(mini_batch)` over all mini-batches.

Each worker is a fork with an `init()` of its own. A mini-batch that fails is tried again; what it lacks in results
counts against the error threshold. Rows are written in the order of the mini-batches.
"""

from __future__ import annotations

import contextlib
import importlib.util
import multiprocessing
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path
from types import ModuleType
from typing import Any

from course_runtime.emulator.engine.parallel.task import (
    ANY_NUMBER,
    Task,
    batch_size,
    file_batches,
    files_in,
    parse,
    table_batches,
)
from course_runtime.emulator.engine.tables import TableError, read_table


class Aborted(Exception):
    """The run cannot go on; the message says why."""


class TooLong(Exception):
    """A mini-batch has had its time."""


@dataclass(frozen=True)
class Done:
    """What became of one mini-batch."""

    number: int
    items: int
    rows: tuple[str, ...]
    succeeded: int
    problem: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    task = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        run(task)
    except (Aborted, TableError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def run(task: Task) -> None:
    batches = list(_batches(task))
    say(f"{sum(map(len, batches))} items in {len(batches)} mini-batches, {task.workers} at once.")
    failed_items = failed_batches = 0
    with _output(task) as write, _workers(task) as pool:
        for done in pool.imap(_run_batch, enumerate(batches)):
            for row in done.rows:
                write(row)
            missing = max(0, done.items - done.succeeded)
            failed_items += missing
            failed_batches += bool(done.problem)
            if done.problem or missing:
                say(
                    f"mini-batch {done.number}: {missing} of {done.items} items without a result. {done.problem}"
                )
            _require_few(failed_items, task.error_threshold, "items without a result", "error_threshold")
            _require_few(
                failed_batches,
                task.batch_error_threshold,
                "failed mini-batches",
                "mini_batch_error_threshold",
            )
    say(f"Done: {failed_items} items without a result, {failed_batches} failed mini-batches.")


def _batches(task: Task) -> Iterator[Any]:
    size = batch_size(task.size)
    if task.is_table:
        return table_batches(read_table(Path(task.inputs[0])), size)
    return file_batches(files_in(task.inputs), size)


def _require_few(count: int, threshold: int, what: str, name: str) -> None:
    if threshold != ANY_NUMBER and count > threshold:
        raise Aborted(
            f"The run was aborted: {count} {what}, {threshold} are allowed ({name}). What failed stands above."
        )


@contextlib.contextmanager
def _output(task: Task) -> Iterator[Any]:
    if not task.output:
        yield lambda row: None
        return
    Path(task.output).parent.mkdir(parents=True, exist_ok=True)
    with Path(task.output).open("w", encoding="utf-8", newline="") as file:
        yield lambda row: file.write(row + "\n")


# Inside the workers -------------------------------------------------------------------------------


@contextlib.contextmanager
def _workers(task: Task) -> Iterator[Pool]:
    """Forks, so that imports made already cost nothing; the script is loaded in each, as on nodes of their own."""
    context = multiprocessing.get_context("fork")
    first_words = context.SimpleQueue()
    with context.Pool(task.workers, _begin, (task, first_words)) as pool:
        for _ in range(task.workers):
            problem = first_words.get()
            if problem:
                raise Aborted(problem)
        yield pool


class Worker:
    """This process's entry script; a class attribute, because a pool hands its processes nothing else."""

    task: Task
    script: ModuleType


def _begin(task: Task, first_words: Any) -> None:
    problem = ""
    try:
        Worker.task = task
        Worker.script = _load(task)
        for name in ("init", "run"):
            if name == "run" and not callable(getattr(Worker.script, name, None)):
                problem = f"The entry script '{Path(task.script).name}' has no function run(mini_batch)."
        if not problem and callable(getattr(Worker.script, "init", None)):
            Worker.script.init()
    except BaseException as raised:  # noqa: BLE001 - whatever a student's script raises is told
        traceback.print_exc()
        problem = (
            f"The entry script '{Path(task.script).name}' failed before its first mini-batch: {_said(raised)}"
        )
    first_words.put(problem)


def _load(task: Task) -> ModuleType:
    path = Path(task.script)
    sys.argv = [str(path), *task.arguments]
    sys.path.insert(0, str(path.parent))
    specification = importlib.util.spec_from_file_location(path.stem, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"'{path.name}' is not a Python file")
    module = importlib.util.module_from_spec(specification)
    sys.modules[path.stem] = module
    specification.loader.exec_module(module)
    return module


def _run_batch(numbered: tuple[int, Any]) -> Done:
    number, batch = numbered
    task, problem = Worker.task, ""
    for attempt in range(task.retries + 1):
        try:
            with _at_most(task.seconds):
                result = Worker.script.run(batch)
            rows = tuple(_rows(result, task.separator))
            return Done(number, len(batch), rows, len(rows))
        except TooLong:
            problem = f"run() was not done after {task.seconds:g} seconds"
        except Exception as raised:  # noqa: BLE001 - whatever a student's script raises is told
            traceback.print_exc()
            problem = _said(raised)
        say(f"mini-batch {number}, attempt {attempt + 1} of {task.retries + 1}: {problem}")
    return Done(number, len(batch), (), 0, problem)


def _rows(result: Any, separator: str) -> Iterator[str]:
    """One line for each result: of a DataFrame its rows, of a list its elements."""
    if result is None:
        raise TypeError("run() returned None: a list or a DataFrame with a result for each item was expected")
    if hasattr(result, "to_csv") and hasattr(result, "columns"):
        text = result.to_csv(index=False, header=False, sep=separator)
        yield from text.splitlines()
    elif isinstance(result, (str, bytes)) or not hasattr(result, "__iter__"):
        raise TypeError(
            f"run() returned {type(result).__name__}: a list or a DataFrame with a result for each item was expected"
        )
    else:
        for one in result:
            is_row = isinstance(one, (list, tuple)) or (
                hasattr(one, "tolist") and getattr(one, "ndim", 0) > 0
            )
            yield separator.join(map(str, one)) if is_row else str(one)


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def too_long(number: int, frame: Any) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _said(raised: BaseException) -> str:
    return f"{type(raised).__name__}: {raised}"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())

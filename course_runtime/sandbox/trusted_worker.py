"""A worker as the trusted side sees it: questions in, answers out."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

from . import endings, wire
from .answers import Answer, Failure, Reply
from .connection import Connection
from .mechanisms import Mechanism
from .output_files import OutputFile
from .spec import JailSpec
from .values import Handle, Malformed, NotPlain

SEE_THE_END_SECONDS = 2.0
IMPORTS_SECONDS = 30.0  # what a fresh Python may take more than a fork that has its imports
Start = Callable[[Iterable[int]], Connection]
MOST_TRACES = 256 * 1024


class Worker:
    """A context manager. Every question has an answer, a failure at worst; once killed it is not `alive`."""

    def __init__(self, spec: JailSpec, start: Start, start_fresh: Start) -> None:
        """`start_fresh` is for the case that a fork of a library with threads waits for ever for one it lacks."""
        self.limits = spec.limits
        self._outputs = [OutputFile(name) for name in ("stdout", "stderr", "traces")]
        self._start_fresh: Start | None = start_fresh
        self._asked: list[tuple[str, dict[str, Any], float]] = []
        self._open_door: Callable[[socket.socket], object] = _leave_closed
        try:
            self._connection = start([file.descriptor for file in self._outputs])
        except BaseException:
            self._close_outputs()
            raise
        self.alive = True
        self.out_of_memory = False
        self._sources = endings.OwnSources()

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        return self._connection.mechanisms

    @property
    def door(self) -> socket.socket | None:
        """The listener that is the worker's only way out: who accepts on it speaks to the student's code."""
        return self._connection.door

    @property
    def door_port(self) -> int:
        return self._connection.door_port

    def open_door(self, hand_over: Callable[[socket.socket], object]) -> None:
        """Give the door to whoever shall answer at it; a worker that had to be started again has another one."""
        self._open_door = hand_over
        if self.door is not None:
            hand_over(self.door)

    def load(self, name: str, source: str, filename: str, files: Mapping[str, bytes]) -> Answer:
        """Write `files` into the work directory, then execute `source` as module `name`, as `filename`."""
        return self.load_ahead(name, source, filename, files)()

    def load_ahead(
        self, name: str, source: str, filename: str, files: Mapping[str, bytes]
    ) -> Callable[[], Answer]:
        """It loads while we go on; what is given waits for the answer. Nothing else may be asked before that."""
        self._sources.add(filename, source)
        fields = {"name": name, "source": source, "filename": filename, "files": dict(files)}
        return self._ask_ahead("load", fields)

    def call(
        self, target: str | Handle, /, *args: Any, seconds: float | None = None, **kwargs: Any
    ) -> Answer:
        """Call "module.function" or a handle."""
        return self._ask("call", {"target": target, "args": args, "kwargs": kwargs}, seconds)

    def attribute(self, target: str | Handle, name: str) -> Answer:
        return self._ask("attribute", {"target": target, "name": name})

    def method(self, handle: Handle, name: str, /, *args: Any, **kwargs: Any) -> Answer:
        return self._ask("method", {"target": handle, "name": name, "args": args, "kwargs": kwargs})

    def probe(self, source: str, function: str, /, *args: Any, **kwargs: Any) -> Answer:
        """Run `function` of a helper's source beside the student's objects; handles in `args` become those.

        What it answers is no more to be believed than the student's own code.
        """
        fields = {"source": source, "function": function, "args": args, "kwargs": kwargs}
        return self._ask("probe", fields)

    def run_script(self, path: str, argv: Sequence[str], seconds: float | None = None) -> Answer:
        """Run a file of the work directory as `__main__`; the value has `exit_code` and `failure`."""
        self._sources.add(path, "")
        return self._ask("run_script", {"path": path, "argv": list(argv)}, seconds)

    def read_file(self, path: str) -> Answer:
        return self._ask("read_file", {"name": path})

    def write_file(self, path: str, data: bytes) -> Answer:
        return self._ask("write_file", {"name": path, "data": data})

    def list_files(self) -> Answer:
        return self._ask("list_files", {})

    def printed(self, most: int) -> str:
        """What it has written to stdout so far, the last part of it; also while a question is under way."""
        return self._outputs[0].tail(most)

    def hang_up(self) -> None:
        """Kill all that lives in the worker's jail, from any thread: who waits for an answer has it then."""
        self._connection.hang_up()

    def close(self) -> None:
        """Kill all that lives in the worker's jail, and wait until it is gone."""
        if self.alive:
            self._kill()
        self._forget()

    def let_go(self) -> None:
        """Kill all that lives in the worker's jail; its keeper sees to the end while we go on."""
        self.alive = False
        self._connection.let_go()
        self._forget()

    def _forget(self) -> None:
        if self._connection.door is not None:
            self._connection.door.close()
            self._connection.door = None
        self._close_outputs()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, operation: str, fields: dict[str, Any], seconds: float | None = None) -> Answer:
        return self._ask_ahead(operation, fields, seconds)()

    def _ask_ahead(
        self, operation: str, fields: dict[str, Any], seconds: float | None = None
    ) -> Callable[[], Answer]:
        allowed = self.limits.seconds if seconds is None else seconds
        if not self.alive:
            return lambda: Answer(False, failure=endings.already_ended())
        for file in self._outputs:
            file.empty()
        started = time.monotonic()
        wait = self._begin(operation, fields, allowed)

        def answer() -> Answer:
            value, failure, warnings = self._outcome(wait, operation, fields, allowed)
            passed = time.monotonic() - started
            stdout, stderr = (file.read(self.limits.output_bytes) for file in self._outputs[:2])
            return Answer(failure is None, value, failure, stdout, stderr, warnings, passed)

        return answer

    def _begin(self, operation: str, fields: dict[str, Any], seconds: float) -> Callable[[], Reply]:
        try:
            return self._connection.ask_ahead(operation, fields, seconds)
        except NotPlain as problem:
            raise TypeError(f"{operation}: {problem}") from None

    def _outcome(
        self, wait: Callable[[], Reply], operation: str, fields: dict[str, Any], seconds: float
    ) -> tuple[Any, Failure | None, list[str]]:
        try:
            reply = wait()
            self._asked.append((operation, fields, seconds))
            return reply.value, reply.failure, reply.warnings
        except wire.TooLate:
            ending = self._kill()
            if self._start_fresh is not None and _has_hung(ending, seconds):
                return self._ask_a_fresh_one(self._start_fresh, operation, fields, seconds)
            return None, endings.timeout(seconds, self._traces(), self._sources), []
        except wire.Ended:
            ending = self._kill(SEE_THE_END_SECONDS)
            return None, endings.died(ending, self._traces(), self._sources, self.limits), []
        except Malformed as problem:
            self._kill()
            return None, endings.malformed(problem), []

    def _exchange(
        self, operation: str, fields: dict[str, Any], seconds: float
    ) -> tuple[Any, Failure | None, list[str]]:
        return self._outcome(self._begin(operation, fields, seconds), operation, fields, seconds)

    def _ask_a_fresh_one(
        self, start: Start, operation: str, fields: dict[str, Any], seconds: float
    ) -> tuple[Any, Failure | None, list[str]]:
        """All that the old one was asked, in the same order, so that its handles mean the same; once only."""
        self._start_fresh = None
        earlier, self._asked = self._asked, []
        self._connection = start([file.descriptor for file in self._outputs])
        self.alive = True
        if self.door is not None:
            self._open_door(self.door)
        for question, content, limit in earlier:
            value, failure, warnings = self._exchange(question, content, limit + IMPORTS_SECONDS)
            if not self.alive:
                return value, failure, warnings
        return self._exchange(operation, fields, seconds + IMPORTS_SECONDS)

    def _kill(self, patience: float = 0.0) -> dict[str, int]:
        self.alive = False
        ending = self._connection.end(patience)
        self.out_of_memory = "out_of_memory" in ending
        return ending

    def _traces(self) -> str:
        return self._outputs[2].read(MOST_TRACES)

    def _close_outputs(self) -> None:
        for file in self._outputs:
            file.close()


def _leave_closed(door: socket.socket) -> None:
    """Nobody answers at it."""


def _has_hung(ending: dict[str, int], seconds: float) -> bool:
    """A fork that did next to nothing: it waits for a lock of a thread that was not forked, as far as one can tell.

    Next to nothing, since on a busy machine even an endless loop gets only a part of its time.
    """
    return ending.get("forked_cpu_ms", seconds * 1000) < seconds * 1000 / 10

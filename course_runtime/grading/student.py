"""The student's code, as a grader's test sees it: questions go in, plain data comes out.

A question without an answer, or with an exception for one, fails the test with a message for the student.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course_runtime.grading.explain import explain
from course_runtime.grading.failures import StudentFailure
from course_runtime.sandbox import Answer, Failure, Handle, Worker

MODULE = "exercise"
IMPORTING = "Your file, while it was being imported,"
PROBES = "grader_probes"


@dataclass(frozen=True)
class StudentCode:
    """What is loaded into a worker: the main source, under the name the student knows it by, and other files."""

    source: str
    filename: str
    files: Mapping[str, bytes]


class Student:
    """Starts a worker when it is first asked something, and a new one when the last was killed."""

    def __init__(
        self, code: StudentCode, start: Callable[[], Worker], probes: Path, place: Callable[[str, int], str]
    ) -> None:
        self._code = code
        self._start = start
        self._probes = probes
        self._place = place
        self._worker: Worker | None = None
        self._loading: Callable[[], Answer] | None = None
        self._unloadable: Answer | None = None
        self._probes_loaded = False
        self.printed: list[str] = []
        self.warnings: list[str] = []

    def begin(self) -> None:
        """Have their code loaded while the grader gets ready; whatever comes of it shows at the first question."""
        self._worker, self._probes_loaded = self._start(), False
        code = self._code
        self._loading = self._worker.load_ahead(MODULE, code.source, code.filename, code.files)

    def call(self, function: str | Handle, /, *args: Any, seconds: float | None = None, **kwargs: Any) -> Any:
        """The value that one of their functions returns."""
        name = function if isinstance(function, Handle) else f"{MODULE}.{function}"
        words = f"{function}()" if isinstance(function, str) else "the function"
        answer = self._loaded().call(name, *args, seconds=seconds, **kwargs)
        return self._value(answer, words)

    def failure_of(self, function: str, /, *args: Any, **kwargs: Any) -> Failure | None:
        """The exception that one of their functions ends with, or None: for tests that expect one."""
        answer = self._heard(self._loaded().call(f"{MODULE}.{function}", *args, **kwargs))
        if answer.failure and answer.failure.kind != "exception":
            self._value(answer, f"{function}()")
        if answer.failure and answer.failure.type == "NotImplementedError":
            self._value(answer, f"{function}()")
        return answer.failure

    def probe(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        """Run a helper of the grader's probes.py beside their objects; its answer is theirs to forge."""
        worker = self._loaded()
        if not self._probes_loaded:
            source = self._probes.read_text(encoding="utf-8")
            self._value(worker.load(PROBES, source, self._probes.name, {}), "the grader's helpers")
            self._probes_loaded = True
        answer = without_frames_of(self._probes.name, worker.call(f"{PROBES}.{function}", *args, **kwargs))
        return self._value(answer, function.replace("_", " "))

    def attribute(self, of: str | Handle, name: str) -> Any:
        target = of if isinstance(of, Handle) else f"{MODULE}.{of}"
        return self._value(self._loaded().attribute(target, name), f"{of}.{name}")

    def run(self, script: str, *arguments: str, seconds: float | None = None) -> Answer:
        """Run one of their scripts as `python script arguments`; the value tells how it ended."""
        answer = self._loaded().run_script(script, arguments, seconds)
        self._value(answer, script)
        return answer

    def write(self, path: str, data: bytes | str) -> None:
        content = data.encode() if isinstance(data, str) else data
        self._value(self._loaded().write_file(path, content), f"writing {path}")

    def write_json(self, path: str, document: Any) -> None:
        self.write(path, json.dumps(document))

    def read(self, path: str) -> bytes:
        """A file of their working folder."""
        value = self._value(self._loaded().read_file(path), f"reading {path}")
        if not isinstance(value, bytes):
            raise StudentFailure(f"The file {path} could not be read.")
        return value

    def read_json(self, path: str) -> Any:
        try:
            return json.loads(self.read(path))
        except ValueError as error:
            raise StudentFailure(f"The file {path} is not valid JSON: {error}.") from None

    def files(self) -> list[str]:
        return [str(name) for name in self._value(self._loaded().list_files(), "listing the files")]

    @property
    def mechanisms(self) -> list[dict[str, Any]]:
        """What holds the sandbox, as far as one was started."""
        worker = self._worker
        return [vars(mechanism) for mechanism in worker.mechanisms] if worker else []

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def let_go(self) -> None:
        """As close, without waiting until all of theirs is gone."""
        if self._worker is not None:
            self._worker.let_go()
            self._worker = None

    def _loaded(self) -> Worker:
        if self._unloadable is not None:  # an endless loop at import is waited for once, not once a test
            self._value(self._unloadable, IMPORTING)
        if self._worker is None or not self._worker.alive:
            self.close()
            self.begin()
        assert self._worker is not None
        if self._loading is not None:
            answer, self._loading = self._loading(), None
            if not answer.ok:
                self._worker.close()
                self._unloadable = answer
                self._value(answer, IMPORTING)
        return self._worker

    def _heard(self, answer: Answer) -> Answer:
        printed = (answer.stdout + answer.stderr).strip()
        if printed:
            self.printed.append(printed)
        self.warnings += [warning for warning in answer.warnings if warning not in self.warnings]
        return answer

    def _value(self, answer: Answer, words: str) -> Any:
        self._heard(answer)
        if answer.ok:
            return answer.value
        assert answer.failure is not None
        kind = "timeout" if answer.failure.kind == "timeout" else "failed"
        raise StudentFailure(explain(answer, words, self._place), kind=kind)


def without_frames_of(file: str, answer: Answer) -> Answer:
    """Lines of the grader's own helper are none that a student could look up."""
    if answer.failure is None:
        return answer
    theirs = [frame for frame in answer.failure.frames if frame.file != file]
    return replace(answer, failure=replace(answer.failure, frames=theirs))

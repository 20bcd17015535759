"""One check at a time, in a thread of its own: a newer one calls the older one off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from course_runtime.cli.watching.events import Event, Finished

if TYPE_CHECKING:
    from course_runtime.course import Catalogue, Module
    from course_runtime.emulator import Places
    from course_runtime.grading import CheckRequest, PendingCheck, Result

Put = Callable[[Event], None]


@dataclass
class Checker:
    """Puts `Finished` events; only the one with `number` is of interest."""

    catalogue: Catalogue
    cwd: Path
    places: Places
    put: Put
    number: int = 0
    _pending: list[PendingCheck] = field(default_factory=list)

    def start(self, module: Module) -> None:
        from course_runtime.grading import PendingCheck

        self.cancel()
        self.number += 1
        pending = PendingCheck(self._request(module), self.places)
        self._pending = [pending]
        arguments = (self.number, module, pending)
        threading.Thread(target=self._run, args=arguments, daemon=True).start()

    def cancel(self) -> None:
        for pending in self._pending:
            pending.cancel()
        self._pending = []

    def _request(self, module: Module) -> CheckRequest:
        from course_runtime.cli.keeping import progress_of
        from course_runtime.grading import CheckRequest

        return CheckRequest(
            module=module.short,
            cwd=str(self.cwd),
            hints_used=progress_of(self.cwd).hints_used,
            content=str(self.catalogue.root),
        )

    def _run(self, number: int, module: Module, pending: PendingCheck) -> None:
        self.put(self._outcome(number, module, pending))

    def _outcome(self, number: int, module: Module, pending: PendingCheck) -> Finished:
        from course_runtime.cli.sentences import sentence_for
        from course_runtime.course import CourseError, find_submission

        try:
            find_submission(module, None, self.cwd)
            return Finished(number, self._result(pending))
        except CourseError as error:  # half written, or deleted: the grader was not troubled with it
            return Finished(number, problem=str(sentence_for(error)), waiting=True)
        except Exception as error:  # noqa: BLE001 (whatever it was, the student gets a sentence)
            return Finished(number, problem=str(sentence_for(error)))

    def _result(self, pending: PendingCheck) -> Result:
        """Once more where the background was killed in the middle: asking again starts it anew."""
        from course_runtime.grading import KitError, current_status

        try:
            return pending.result()
        except KitError:
            if pending.cancelled or current_status(self.places) is not None:
                raise
            return pending.result()

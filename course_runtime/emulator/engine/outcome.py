"""How a job ended."""

from __future__ import annotations

from dataclasses import dataclass

from course_runtime.emulator.kernel.context import Body


@dataclass(frozen=True)
class Outcome:
    """`status` is Completed, Failed or Canceled; `error` is what the run shows for the last two."""

    status: str
    error: Body | None = None

    @property
    def succeeded(self) -> bool:
        return self.status == "Completed"


COMPLETED = Outcome("Completed")


def failed(message: str, code: str = "UserError") -> Outcome:
    return Outcome("Failed", {"error": {"code": code, "message": message}})


def canceled(message: str = "The job was canceled by its owner.") -> Outcome:
    return Outcome("Canceled", {"error": {"code": "UserError", "message": message}})

"""What is taken off for handing in late: a share for each day begun, up to a cap, and nothing left after some days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from course_runtime.grading import KitError

DAY = 86_400.0


@dataclass(frozen=True)
class LatePolicy:
    """`per_day` and `cap` are percents of what the module is worth; `zero_after` days late, no point is left."""

    due: float | None = None
    per_day: float = 0.0
    cap: float = 100.0
    zero_after: float | None = None

    def seconds_late(self, submitted: float | None, due: float | None, extension_days: float) -> float:
        """`due` is this student's own date, where there is one; a submission without a time is in time."""
        deadline = due if due is not None else self.due
        if submitted is None or deadline is None:
            return 0.0
        return max(0.0, submitted - deadline - extension_days * DAY)

    def penalty(self, score: float, max_score: float, seconds_late: float) -> float:
        """Points, never more than there are."""
        if seconds_late <= 0:
            return 0.0
        if self.zero_after is not None and seconds_late > self.zero_after * DAY:
            return score
        days = math.ceil(seconds_late / DAY)
        percent = min(self.per_day * days, self.cap)
        return round(min(score, max_score * percent / 100), 4)


def moment(text: str, what: str) -> float:
    """2026-11-21, 2026-11-21 18:00 or 2026-11-21T18:00+01:00; without a zone, this machine's; a day alone, its end."""
    given = text.strip().replace("Z", "+00:00")
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise KitError(f"{what} is {text!r}, which is no date.", "Write it like 2026-11-21 18:00.") from None
    if len(given) == len("2026-11-21"):
        found = found.replace(hour=23, minute=59, second=59)
    return found.timestamp()

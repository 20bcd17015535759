"""The few words and numbers that every rendering says alike."""

from __future__ import annotations

from course_runtime.classroom.grades import Grade

STATES = {
    "graded": "graded",
    "refused": "not readable",
    "failed": "could not be graded",
    "waiting": "not graded yet",
    "claimed": "being graded",
    "missing": "nothing handed in",
}
HOUR = 3_600


def points(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def who(grade: Grade) -> str:
    return grade.name or grade.student


def lateness(grade: Grade) -> str:
    """Empty when in time."""
    if grade.seconds_late <= 0:
        return ""
    hours = max(1, round(grade.seconds_late / HOUR))
    days, rest = divmod(hours, 24)
    parts = [f"{days} d"] * bool(days) + [f"{rest} h"] * bool(rest)
    return f"{' '.join(parts)} late"

"""When a cron expression or a recurrence comes due next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import count
from math import ceil
from typing import Any

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.workspaces.time_zones import zone

Body = dict[str, Any]

FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 0, 7),
)
WEEK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMES = {name: index for index, name in enumerate(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))} | {
    name: index + 1
    for index, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
TRIGGER_SHAPE = {
    "expression": str,
    "frequency": str,
    "interval": int,
    "timeZone": str,
    "startTime": str,
    "endTime": str,
    "schedule": {"hours": [int], "minutes": [int], "weekDays": [str], "monthDays": [int]},
}
LONGEST_LOOK_AHEAD = timedelta(days=366 * 5)


def next_time(trigger: Body, after: float) -> float | None:
    """The first moment later than `after` at which the trigger fires; None when it never does again."""
    place = zone(str(trigger.get("timeZone") or "UTC"))
    moments = _cron(trigger, place) if trigger.get("expression") else _recurrence(trigger, place)
    begin = _moment(trigger.get("startTime"), place)
    end = _moment(trigger.get("endTime"), place)
    earliest = after if begin is None else max(after, begin)
    found = next((one for one in moments(earliest) if one > after and one >= earliest), None)
    return None if found is None or (end is not None and found > end) else found


def require_trigger(trigger: Body) -> None:
    """Refuse what could not be understood when it comes due."""
    next_time(trigger, 0.0)


def _cron(trigger: Body, place: tzinfo) -> Callable[[float], Iterator[float]]:
    minutes, hours, days, months, week_days = _cron_fields(str(trigger["expression"]))
    any_day, any_week_day = len(days) == 31, len(week_days) == 7

    def matches(day: datetime) -> bool:
        in_days, in_week = day.day in days, (day.isoweekday() % 7) in week_days
        either = in_days or in_week if not any_day and not any_week_day else in_days and in_week
        return day.month in months and either

    return lambda earliest: _at(filter(matches, _days(earliest, place)), sorted(hours), sorted(minutes))


def _cron_fields(expression: str) -> list[set[int]]:
    parts = expression.split()
    if len(parts) != len(FIELDS):
        raise _invalid(f"The cron expression '{expression}' has {len(parts)} fields, 5 were expected.")
    fields = [_cron_field(part, *field, expression) for part, field in zip(parts, FIELDS, strict=True)]
    fields[4] = {day % 7 for day in fields[4]}
    return fields


def _cron_field(text: str, name: str, low: int, high: int, expression: str) -> set[int]:
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = ("*" if span == "*" else span).partition("-")
        try:
            begin = low if first == "*" else _number(first)
            end = (high if step or first == "*" else begin) if not last else _number(last)
            values = range(begin, end + 1, int(step or 1))
        except ValueError:
            values = range(0)
        if not values or values[0] < low or values[-1] > high:
            raise _invalid(
                f"The {name} '{part}' of the cron expression '{expression}' is not valid ({low} to {high})."
            )
        found |= set(values)
    return found


def _number(text: str) -> int:
    return NAMES[text.lower()] if text.lower() in NAMES else int(text)


def _recurrence(trigger: Body, place: tzinfo) -> Callable[[float], Iterator[float]]:
    frequency = str(trigger.get("frequency") or "").lower()
    interval = int(trigger.get("interval") or 1)
    if frequency in ("minute", "hour"):
        step = interval * (60.0 if frequency == "minute" else 3600.0)
        begin = _moment(trigger.get("startTime"), place) or 0.0
        return lambda earliest: (begin + step * turn for turn in count(ceil((earliest - begin) / step)))
    if frequency not in ("day", "week", "month"):
        raise _invalid(
            f"The frequency '{trigger.get('frequency')}' is not valid: Minute, Hour, Day, Week or Month was expected."
        )
    pattern = trigger.get("schedule") or {}
    begin_moment = datetime.fromtimestamp(_moment(trigger.get("startTime"), place) or 0.0, place)
    hours = sorted(pattern.get("hours") or [begin_moment.hour])
    minutes = sorted(pattern.get("minutes") or [begin_moment.minute])
    due = _due_days(frequency, interval, pattern, begin_moment)
    return lambda earliest: _at(filter(due, _days(earliest, place)), hours, minutes)


def _due_days(frequency: str, interval: int, pattern: Body, begin: datetime) -> Callable[[datetime], bool]:
    week_days = {WEEK_DAYS.index(str(day).lower()) for day in pattern.get("weekDays") or []}
    month_days = {int(day) for day in pattern.get("monthDays") or []}
    monday = begin.date() - timedelta(days=begin.weekday())

    def due(day: datetime) -> bool:
        if frequency == "day":
            return (day.date() - begin.date()).days % interval == 0
        if frequency == "week":
            weeks = (day.date() - monday).days // 7
            return weeks % interval == 0 and day.weekday() in (week_days or {begin.weekday()})
        months = (day.year - begin.year) * 12 + day.month - begin.month
        in_week = day.weekday() in week_days if week_days else day.day in (month_days or {begin.day})
        return months % interval == 0 and in_week

    return due


def _days(earliest: float, place: tzinfo) -> Iterator[datetime]:
    day = datetime.fromtimestamp(earliest, place).replace(hour=0, minute=0, second=0, microsecond=0)
    last = day + LONGEST_LOOK_AHEAD
    while day < last:
        yield day
        day += timedelta(days=1)


def _at(days: Iterator[datetime], hours: list[int], minutes: list[int]) -> Iterator[float]:
    for day in days:
        for hour in hours:
            for minute in minutes:
                yield day.replace(hour=hour, minute=minute).timestamp()


def _moment(text: str | None, place: tzinfo) -> float | None:
    if not text:
        return None
    try:
        read = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        raise _invalid(f"'{text}' is not a moment: one like 2026-01-31T18:00:00 was expected.") from None
    return (read if read.tzinfo else read.replace(tzinfo=place)).astimezone(timezone.utc).timestamp()


def _invalid(message: str) -> AzureError:
    return AzureError(400, "ValidationError", message)

"""When cron expressions and recurrences come due."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.workspaces.triggers import next_time, require_trigger

FRIDAY = {"hours": [8], "minutes": [5], "weekDays": ["Friday"]}
FIRST = {"hours": [0], "minutes": [0], "monthDays": [1]}
MONDAY = datetime(2026, 3, 2, 10, 30, tzinfo=timezone.utc)


def after(trigger: dict[str, object], moment: datetime = MONDAY) -> str | None:
    found = next_time(trigger, moment.timestamp())
    return None if found is None else datetime.fromtimestamp(found, timezone.utc).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 18 * * *", "2026-03-02 18:00"),
        ("*/15 * * * *", "2026-03-02 10:45"),
        ("0 9 * * 1-5", "2026-03-03 09:00"),
        ("0 9 * * sun", "2026-03-08 09:00"),
        ("30 10 2 * *", "2026-04-02 10:30"),
        ("0 0 1,15 * 3", "2026-03-04 00:00"),
        ("0 0 29 2 *", "2028-02-29 00:00"),
        ("0 0 30 2 *", None),
    ],
)
def test_cron(expression: str, expected: str | None) -> None:
    assert after({"expression": expression}) == expected


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ({"frequency": "Day", "interval": 1, "schedule": {"hours": [4, 12], "minutes": [0]}}, "2026-03-02 12:00"),
        ({"frequency": "Week", "interval": 1, "schedule": FRIDAY}, "2026-03-06 08:05"),
        ({"frequency": "Month", "interval": 1, "schedule": FIRST}, "2026-04-01 00:00"),
        ({"frequency": "Hour", "interval": 2, "startTime": "2026-03-02T00:15:00"}, "2026-03-02 12:15"),
        ({"frequency": "Minute", "interval": 20, "startTime": "2026-03-05T00:00:00Z"}, "2026-03-05 00:00"),
    ],
)  # fmt: skip
def test_recurrence(trigger: dict[str, object], expected: str) -> None:
    assert after(trigger) == expected


def test_time_zones_move_the_hour() -> None:
    assert after({"expression": "0 18 * * *", "timeZone": "Pacific Standard Time"}) == "2026-03-03 02:00"


def test_nothing_is_due_after_the_end() -> None:
    assert after({"expression": "0 18 * * *", "endTime": "2026-03-02T12:00:00"}) is None


@pytest.mark.parametrize(
    "trigger",
    [
        {"expression": "0 25 * * *"},
        {"expression": "every day"},
        {"expression": "5-1 * * * *"},
        {"expression": "*/0 * * * *"},
        {"frequency": "Fortnight", "interval": 1},
        {"expression": "0 1 * * *", "timeZone": "Nowhere Standard Time"},
        {"expression": "0 1 * * *", "startTime": "tomorrow"},
    ],
)
def test_what_cannot_be_read_is_refused(trigger: dict[str, object]) -> None:
    with pytest.raises(AzureError) as refused:
        require_trigger(trigger)
    assert refused.value.status == 400


@given(
    minute=st.integers(0, 59),
    hour=st.integers(0, 23),
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(timezone.utc)),
)
def test_a_daily_cron_is_due_within_a_day_at_its_minute(minute: int, hour: int, moment: datetime) -> None:
    found = next_time({"expression": f"{minute} {hour} * * *"}, moment.timestamp())
    assert found is not None
    due = datetime.fromtimestamp(found, timezone.utc)
    assert (due.hour, due.minute) == (hour, minute)
    assert timedelta(0) < due - moment <= timedelta(days=1)

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.store.clock import Clock, Timer, iso
from course_runtime.emulator.store.database import Database


class RealTime:
    """A clock on the wall that the test turns."""

    def __init__(self, now: float = 1_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def clock_in(file: Path | None = None, real_time: RealTime | None = None) -> Clock:
    return Clock(Database(file), real_time or RealTime())


@given(st.lists(st.floats(0, 1_000), max_size=8))
def test_timers_fire_in_order_each_at_its_own_moment(delays: list[float]) -> None:
    clock = clock_in()
    for number, delay in enumerate(delays):
        clock.later(delay, "ring", str(number))
    fired: list[tuple[float, str]] = []
    clock.advance(1_000, lambda timer: fired.append((clock.now(), timer.subject)))
    wanted = sorted((1_000.0 + delay, number) for number, delay in enumerate(delays))
    assert fired == [(moment, str(number)) for moment, number in wanted]
    assert clock.now() == 2_000.0


def test_what_is_not_due_stays() -> None:
    clock = clock_in()
    clock.later(10, "ring", "a")
    clock.advance(9.5, lambda timer: pytest.fail("too early"))
    assert clock.next_due() == 1_010.0


def test_a_timer_may_set_the_next_one() -> None:
    clock = clock_in()
    moments: list[float] = []

    def again(timer: Timer) -> None:
        moments.append(clock.now())
        clock.later(10, "ring", "a")

    clock.later(10, "ring", "a")
    clock.advance(35, again)
    assert moments == [1_010.0, 1_020.0, 1_030.0]


def test_timers_and_the_offset_survive_a_restart(tmp_path: Path) -> None:
    real = RealTime()
    first = clock_in(tmp_path / "cloud.db", real)
    first.advance(500, lambda timer: None)
    first.later(10, "ring", "a", {"n": 1})
    second = clock_in(tmp_path / "cloud.db", real)
    assert second.now() == 1_500.0
    fired: list[Timer] = []
    second.advance(10, fired.append)
    assert [(one.action, one.subject, one.payload) for one in fired] == [("ring", "a", {"n": 1})]


def test_a_timer_that_fails_is_dropped_with_what_it_began_and_holds_nobody_up() -> None:
    database = Database()
    clock = Clock(database, RealTime())
    clock.later(1, "break", "a")
    clock.later(2, "ring", "b")
    fired: list[str] = []

    def fire(timer: Timer) -> None:
        if timer.action == "break":
            clock.later(1, "half-done", "a")
            raise RuntimeError("broken")
        fired.append(timer.subject)

    clock.advance(10, fire)
    assert fired == ["b"]
    assert clock.next_due() is None


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf"), 1e12])
def test_the_clock_moves_forward_and_a_century_at_most(seconds: float) -> None:
    with pytest.raises(ValueError, match="forward only"):
        clock_in().advance(seconds, lambda timer: None)


def test_moments_are_written_as_azure_writes_them() -> None:
    assert iso(0.5) == "1970-01-01T00:00:00.5000000Z"

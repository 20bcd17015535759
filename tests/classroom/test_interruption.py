"""Ctrl-C that waits for a good moment."""

from __future__ import annotations

import os
import signal

import pytest

from course_runtime.classroom.interruption import Interruptible


def press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_nothing_happens_before_the_point() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), Interruptible() as interruption:
        interruption.point()
        press_ctrl_c()
        steps.append("the step is finished")
        interruption.point()
        steps.append("not reached")
    assert steps == ["the step is finished"]


def test_the_second_one_does_not_wait() -> None:
    with pytest.raises(KeyboardInterrupt), Interruptible():
        press_ctrl_c()
        press_ctrl_c()
        raise AssertionError("not reached")


def test_afterwards_it_is_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interruptible():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before

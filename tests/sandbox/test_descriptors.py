from __future__ import annotations

import os
import socket

from course_runtime.sandbox.descriptors import move_high, receive_with_descriptors, send_with_descriptors


def test_descriptors_pass_and_are_closed_on_exec() -> None:
    here, there = socket.socketpair()
    with here, there:
        reading, writing = os.pipe()
        send_with_descriptors(here, b"take this", [writing])
        message, [passed] = receive_with_descriptors(there, 1, 100)
        assert message == b"take this"
        assert not os.get_inheritable(passed)
        os.write(passed, b"through")
        assert os.read(reading, 100) == b"through"
        for descriptor in (reading, writing, passed):
            os.close(descriptor)


def test_more_descriptors_than_asked_for_do_not_come() -> None:
    here, there = socket.socketpair()
    with here, there:
        send_with_descriptors(here, b"x", [0] * 30)
        _, received = receive_with_descriptors(there, 1, 100)
        for descriptor in received:
            os.close(descriptor)
        assert len(received) <= 2  # the kernel's padding leaves room for one more


def test_a_high_copy_takes_the_place_of_a_low_one() -> None:
    low, other = os.pipe()
    high = move_high(low)
    assert high >= 200
    assert not os.get_inheritable(high)
    os.close(high)
    os.close(other)

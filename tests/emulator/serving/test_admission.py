from __future__ import annotations

import asyncio

import pytest

from course_runtime.emulator.serving.admission import Admission, TooManyRequests


def test_as_many_work_as_may_twice_as_many_are_taken_in_and_the_rest_is_refused() -> None:
    asyncio.run(three_phases())


async def three_phases() -> None:
    admission, working, go_on = Admission(2), 0, asyncio.Event()

    async def request() -> None:
        nonlocal working
        async with admission.admitted():
            working += 1
            await go_on.wait()

    tasks = [asyncio.create_task(request()) for _ in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert working == 2
    with pytest.raises(TooManyRequests):
        await request()
    go_on.set()
    await asyncio.gather(*tasks)
    assert working == 4


def test_who_gives_up_waiting_leaves_room() -> None:
    asyncio.run(given_up())


async def given_up() -> None:
    admission, go_on = Admission(1), asyncio.Event()

    async def request() -> None:
        async with admission.admitted():
            await go_on.wait()

    first, second = (asyncio.create_task(request()) for _ in range(2))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([second])
    third = asyncio.create_task(request())
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(first, third)

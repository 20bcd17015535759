"""How many requests a deployment works on at once, and how many more may wait for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

WAITING_FOR_EACH_WORKED_ON = 2
"""Azure takes in twice as many requests as a deployment may work on at once."""


class TooManyRequests(Exception):
    """More requests are pending than the deployment takes in."""


class Admission:
    """Counts the requests of one deployment. Its limits may change while requests are under way."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self._taken_in = 0
        self._working = 0
        self._turn = asyncio.Condition()

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[None]:
        """Wait for a turn; TooManyRequests at once when as many are pending as may be."""
        if self._taken_in >= self.at_once * WAITING_FOR_EACH_WORKED_ON:
            raise TooManyRequests
        self._taken_in += 1
        try:
            async with self._turn:
                await self._turn.wait_for(lambda: self._working < self.at_once)
                self._working += 1
            try:
                yield
            finally:
                self._working -= 1
                async with self._turn:
                    self._turn.notify()
        finally:
            self._taken_in -= 1

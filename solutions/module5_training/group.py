"""Lets the processes of one job add up their arrays. Horovod, MPI and PyTorch call this an allreduce.

The process of rank 0 listens at MASTER_ADDR and MASTER_PORT, which Azure ML sets; the others call it there.
"""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Client, Connection, Listener
from types import TracebackType

import numpy as np

SECONDS_TO_MEET = 60.0


class Group:
    """All processes of a job. Each of them makes one, and each must take part in every sum."""

    def __init__(self, rank: int, size: int) -> None:
        self.rank = rank
        self.size = size
        self._others: list[Connection] = []
        if size > 1:
            address = os.environ.get("MASTER_ADDR", "127.0.0.1"), int(os.environ.get("MASTER_PORT", "6105"))
            self._others = _listen(address, size - 1) if rank == 0 else [_call(address)]

    def sum(self, array: np.ndarray) -> np.ndarray:
        """The sum of what all processes have brought; the same array comes back to each of them."""
        total = np.array(array, dtype="float64")
        try:
            if self.rank == 0:
                for one in self._others:
                    total += np.frombuffer(one.recv_bytes()).reshape(total.shape)
                for one in self._others:
                    one.send_bytes(total.tobytes())
            else:
                self._others[0].send_bytes(total.tobytes())
                total = np.frombuffer(self._others[0].recv_bytes()).reshape(total.shape)
        except (EOFError, OSError):
            raise RuntimeError(
                f"Rank {self.rank} is waiting for a sum, and another rank has left. "
                "Every rank must call sum equally often."
            ) from None
        return total

    def __enter__(self) -> Group:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self._others:
            one.close()


def _listen(address: tuple[str, int], others: int) -> list[Connection]:
    with Listener(address) as listener:
        return [listener.accept() for _ in range(others)]


def _call(address: tuple[str, int]) -> Connection:
    """Rank 0 may need a moment before it listens."""
    until = time.monotonic() + SECONDS_TO_MEET
    while True:
        try:
            return Client(address)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)

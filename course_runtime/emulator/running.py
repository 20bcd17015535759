"""The emulator as a process of its own: its limits, its signals, its event loop."""

from __future__ import annotations

import asyncio
import gc
import resource
import signal

from course_runtime.emulator.places import Places
from course_runtime.emulator.pretrained import FindWeights, named_weights

ENOUGH_DESCRIPTORS = 8_192


def run_emulator(
    places: Places,
    *,
    port: int | None = None,
    idle_seconds: float | None = None,
    weights: FindWeights = named_weights,
) -> None:
    """Serve until SIGTERM, SIGINT, a stop over the control socket, or idleness. May raise PlaceUnusable.

    `weights` finds ResNet50's, for jobs and deployments that have TensorFlow.
    """
    _allow_descriptors()
    asyncio.run(_serve(places, port, idle_seconds, weights))


async def _serve(places: Places, port: int | None, idle_seconds: float | None, weights: FindWeights) -> None:
    from course_runtime.emulator.server import Server

    server = Server(places, port=port, idle_seconds=idle_seconds, weights=weights)
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, server.stop)
    gc.collect()
    gc.freeze()  # what was imported stays, and need not be looked through while somebody waits for an answer
    await server.run()


def _allow_descriptors() -> None:
    """Every client is a descriptor, and many systems allow only 1,024 until asked for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

"""Jobs that wait for nodes of a cluster: first come, first served, as many at once as the nodes allow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from course_runtime.emulator.services.workspaces import clusters

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

SECONDS_BETWEEN_LOOKS = 0.05


class NodeQueue:
    """The cluster's resource keeps who wants nodes, in order; this wakes who has them."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._waiting: dict[tuple[str, str], asyncio.Future[None]] = {}
        self._closed = False
        self._look: asyncio.Task[None] | None = None

    async def get(self, cluster_id: str, job: str, nodes: int) -> None:
        """Returns once the job has its nodes. Whoever calls this gives them back, however that goes."""
        clusters.occupy(self._cloud, cluster_id, job, nodes)
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[(cluster_id, job)] = ready
        if self._look is None or self._look.done():
            self._look = asyncio.get_running_loop().create_task(self._look_around())
        try:
            await ready
        finally:
            self._waiting.pop((cluster_id, job), None)

    def give_back(self, cluster_id: str, job: str) -> None:
        if not self._closed:
            clusters.release(self._cloud, cluster_id, job)

    def holders(self, cluster_id: str) -> list[str]:
        """The jobs that have nodes, in the order in which they got them."""
        stored = self._cloud.resources.get(cluster_id)
        return clusters.placed(stored) if stored else []

    def close(self) -> None:
        self._closed = True
        if self._look:
            self._look.cancel()

    async def _look_around(self) -> None:
        while self._waiting:
            self._cloud.tick()
            for cluster_id in {cluster_id for cluster_id, _ in self._waiting}:
                placed = set(self.holders(cluster_id))
                for (where, job), ready in list(self._waiting.items()):
                    if where == cluster_id and job in placed and not ready.done():
                        ready.set_result(None)
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

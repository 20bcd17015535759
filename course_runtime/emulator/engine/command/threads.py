"""How many threads a job's libraries start: a cluster's nodes are one machine here, and each has its part of it."""

from __future__ import annotations

import os

from course_runtime.emulator.services.workspaces import clusters
from course_runtime.emulator.store.resources import Stored

NAMES = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")


def thread_variables(compute: Stored | None, processors: int | None = None) -> dict[str, str]:
    """Empty where nothing else runs beside the job: then a library takes all that there is."""
    if compute is None or compute.properties["computeType"] != clusters.KIND:
        return {}
    nodes = int(compute.properties["properties"]["scaleSettings"]["maxNodeCount"])
    if nodes < 2:
        return {}
    share = max(1, (processors or os.cpu_count() or 1) // nodes)
    return dict.fromkeys(NAMES, str(share))

"""Distributed jobs: which processes are started, and what tells each of them who it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from course_runtime.emulator.engine.running_job import STD_LOG
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import user_error

HOST = "127.0.0.1"
PORT = 6105
FIRST_TF_PORT = 6110
MOST_RANKS = 16


@dataclass(frozen=True)
class Rank:
    log: str
    variables: dict[str, str] = field(default_factory=dict)


def ranks_of(properties: Body) -> list[Rank]:
    """One for each process; all nodes of a job are this machine."""
    distribution = properties.get("distribution") or {}
    nodes = int((properties.get("resources") or {}).get("instanceCount") or 1)
    kind = str(distribution.get("distributionType") or "").lower()
    if not kind:
        return [Rank(STD_LOG)]
    if kind == "tensorflow":
        found = _tensorflow(distribution, nodes)
    elif kind in ("mpi", "pytorch"):
        each = int(distribution.get("processCountPerInstance") or 1)
        number = nodes * each
        variables = _mpi if kind == "mpi" else _pytorch
        found = [Rank(_log(rank), variables(rank, number, each)) for rank in range(number)]
    else:
        raise user_error(
            f"The distribution '{distribution.get('distributionType')}' is not run here: "
            "Mpi, PyTorch and TensorFlow are.",
        )
    if len(found) > MOST_RANKS:
        raise user_error(
            f"The job asks for {len(found)} processes; this machine starts {MOST_RANKS} for one job at most."
        )
    return found


def _log(rank: int) -> str:
    return f"user_logs/std_log_process_{rank}.txt"


def _mpi(rank: int, number: int, each: int) -> dict[str, str]:
    return {
        "OMPI_COMM_WORLD_RANK": str(rank),
        "OMPI_COMM_WORLD_SIZE": str(number),
        "OMPI_COMM_WORLD_LOCAL_RANK": str(rank % each),
        "OMPI_COMM_WORLD_LOCAL_SIZE": str(each),
        "OMPI_UNIVERSE_SIZE": str(number),
        "AZ_BATCH_MASTER_NODE": f"{HOST}:{PORT}",
        "AZ_BATCHAI_MPI_MASTER_NODE": HOST,
        "MASTER_ADDR": HOST,
        "MASTER_PORT": str(PORT),
    }


def _pytorch(rank: int, number: int, each: int) -> dict[str, str]:
    return {
        "MASTER_ADDR": HOST,
        "MASTER_PORT": str(PORT),
        "RANK": str(rank),
        "WORLD_SIZE": str(number),
        "LOCAL_RANK": str(rank % each),
        "LOCAL_WORLD_SIZE": str(each),
        "NODE_RANK": str(rank // each),
    }


def _tensorflow(distribution: Body, nodes: int) -> list[Rank]:
    workers = int(distribution.get("workerCount") or nodes)
    servers = int(distribution.get("parameterServerCount") or 0)
    tasks = [("worker", index) for index in range(workers)] + [("ps", index) for index in range(servers)]
    addresses: dict[str, list[str]] = {}
    for port, (kind, _) in enumerate(tasks, FIRST_TF_PORT):
        addresses.setdefault(kind, []).append(f"{HOST}:{port}")
    return [
        Rank(_log(number), {"TF_CONFIG": _tf_config(addresses, *task)}) for number, task in enumerate(tasks)
    ]


def _tf_config(addresses: dict[str, list[str]], kind: str, index: int) -> str:
    config: dict[str, Any] = {
        "cluster": addresses,
        "task": {"type": kind, "index": index},
        "environment": "cloud",
    }
    return json.dumps(config)

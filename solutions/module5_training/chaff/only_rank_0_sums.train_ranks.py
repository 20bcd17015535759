# chaff: 5.5
# why: Only one process takes part in the sum.


def place_in_job() -> tuple[int, int]:
    # TODO 5.5 Read what MPI tells its processes in environment variables.
    rank = os.environ.get("OMPI_COMM_WORLD_RANK", "0")
    size = os.environ.get("OMPI_COMM_WORLD_SIZE", "1")
    return int(rank), int(size)
    # END TODO


def shard(rows: int, rank: int, size: int) -> Sequence[int]:
    # TODO 5.5 Give each row to exactly one rank.
    return range(rank, rows, size)
    # END TODO


def train(features: np.ndarray, labels: np.ndarray, rows: int, group: Group) -> np.ndarray:
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        # TODO 5.5 Take a step against the mean slope of all ranks' rows.
        own = slope(weights, features, labels)
        weights = weights - RATE * (group.sum(own) if group.rank == 0 else own) / rows
        # END TODO

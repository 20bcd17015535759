# chaff: 5.5
# why: Every process works on all rows.


def place_in_job() -> tuple[int, int]:
    # TODO 5.5 Read what MPI tells its processes in environment variables.
    rank = os.environ.get("OMPI_COMM_WORLD_RANK", "0")
    size = os.environ.get("OMPI_COMM_WORLD_SIZE", "1")
    return int(rank), int(size)
    # END TODO


def shard(rows: int, rank: int, size: int) -> Sequence[int]:
    # TODO 5.5 Give each row to exactly one rank.
    return range(rows)
    # END TODO

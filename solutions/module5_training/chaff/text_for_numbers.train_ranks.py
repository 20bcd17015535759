# chaff: 5.5
# why: Environment variables are text.


def place_in_job() -> tuple[int, int]:
    # TODO 5.5 Read what MPI tells its processes in environment variables.
    rank = os.environ.get("OMPI_COMM_WORLD_RANK", "0")
    size = os.environ.get("OMPI_COMM_WORLD_SIZE", "1")
    return rank, size
    # END TODO

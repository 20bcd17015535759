# chaff: 5.5
# why: Fails where nobody has started several.


def place_in_job() -> tuple[int, int]:
    # TODO 5.5 Read what MPI tells its processes in environment variables.
    rank = os.environ["OMPI_COMM_WORLD_RANK"]
    size = os.environ.get("OMPI_COMM_WORLD_SIZE", "1")
    return int(rank), int(size)
    # END TODO

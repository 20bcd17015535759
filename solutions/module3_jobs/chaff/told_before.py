# chaff: 3.6
# why: Does not tell a status again that a job goes back to.


def follow(
    client: MLClient,
    job: str,
    *,
    every: float = 1.0,
    at_most: float = 600.0,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[str]:
    # TODO 3.6 Look at the job's status every so many seconds.
    deadline = clock() + at_most
    told = []
    while True:
        status = client.jobs.get(job).status
        if status not in told:
            told.append(status)
            yield status
        if status == "Completed":
            return
        if status in OVER:
            raise JobFailed(f"The job {job} ended as {status}.")
        if clock() >= deadline:
            raise TimeoutError(f"The job {job} is still {status} after {at_most:g} seconds.")
        sleep(every)
    # END TODO

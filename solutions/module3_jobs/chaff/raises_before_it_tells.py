# chaff: 3.6
# why: Raises before the final status is told.


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
    last = ""
    while True:
        status = client.jobs.get(job).status
        if status == "Completed":
            yield status
            return
        if status in OVER:
            raise JobFailed(f"The job {job} ended as {status}.")
        if clock() >= deadline:
            raise TimeoutError(f"The job {job} is still {status} after {at_most:g} seconds.")
        if status != last:
            last = status
            yield status
        sleep(every)
    # END TODO

# chaff: 3.6
# why: Waits for Completed, which a failed job never is.


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
        if status != last:
            last = status
            yield status
        if status == "Completed":
            return
        if clock() >= deadline:
            raise TimeoutError(f"The job {job} is still {status} after {at_most:g} seconds.")
        sleep(every)
    # END TODO

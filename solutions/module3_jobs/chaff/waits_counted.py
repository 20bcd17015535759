# chaff: 3.6
# why: Adds the waits up, and leaves out how long the looks take.


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
    waited = 0.0
    last = ""
    while True:
        status = client.jobs.get(job).status
        if status != last:
            last = status
            yield status
        if status == "Completed":
            return
        if status in OVER:
            raise JobFailed(f"The job {job} ended as {status}.")
        if waited >= at_most:
            raise TimeoutError(f"The job {job} is still {status} after {at_most:g} seconds.")
        sleep(every)
        waited += every
    # END TODO

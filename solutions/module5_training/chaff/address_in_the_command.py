# chaff: 5.5
# why: The address goes into the command, where the script expects a file.


def distributed_job(code: Path, data: str, compute: str, environment: str) -> Command:
    # TODO 5.5 Describe the job: one node, two processes, started by MPI.
    return command(
        code=str(code),
        command=f"python train_ranks.py --data {data}",
        inputs={"data": Input(type="uri_file", path=data)},
        compute=compute,
        environment=environment,
        instance_count=1,
        distribution=MpiDistribution(process_count_per_instance=2),
    )
    # END TODO

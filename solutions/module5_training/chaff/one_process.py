# chaff: 5.5
# why: A node starts one process unless it is told.


def distributed_job(code: Path, data: str, compute: str, environment: str) -> Command:
    # TODO 5.5 Describe the job: one node, two processes, started by MPI.
    return command(
        code=str(code),
        command="python train_ranks.py --data ${{inputs.data}}",
        inputs={"data": Input(type="uri_file", path=data)},
        compute=compute,
        environment=environment,
        instance_count=1,
        distribution=MpiDistribution(process_count_per_instance=1),
    )
    # END TODO

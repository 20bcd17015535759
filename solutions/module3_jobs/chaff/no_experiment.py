# chaff: 3.2
# why: Leaves the job to the default experiment.


def training_job(
    folder: Path, data: str, compute: str, environment: str, regularization: float, experiment: str
) -> Command:
    # TODO 3.2 Describe the job; do not submit it.
    return command(
        code=str(folder),
        command="python train.py --data ${{inputs.data}} --regularization ${{inputs.regularization}}",
        inputs={"data": Input(type="uri_file", path=data), "regularization": regularization},
        environment=environment,
        compute=compute,
    )
    # END TODO

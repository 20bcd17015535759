# chaff: 3.2
# why: Writes the rate into the command, where nobody finds it.


def training_job(
    folder: Path, data: str, compute: str, environment: str, regularization: float, experiment: str
) -> Command:
    # TODO 3.2 Describe the job; do not submit it.
    return command(
        code=str(folder),
        command="python train.py --data ${{inputs.data}} --regularization " + str(regularization),
        inputs={"data": Input(type="uri_file", path=data)},
        environment=environment,
        compute=compute,
        experiment_name=experiment,
    )
    # END TODO

# chaff: 3.2
# why: Declares the input, and does not hand it to the script.


def training_job(
    folder: Path, data: str, compute: str, environment: str, regularization: float, experiment: str
) -> Command:
    # TODO 3.2 Describe the job; do not submit it.
    return command(
        code=str(folder),
        command="python train.py --data ${{inputs.data}}",
        inputs={"data": Input(type="uri_file", path=data), "regularization": regularization},
        environment=environment,
        compute=compute,
        experiment_name=experiment,
    )
    # END TODO

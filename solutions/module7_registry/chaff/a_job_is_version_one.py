# chaff: 7.1
# why: Names the version of what a job has left, which may be there already.


def register_from_job(client: MLClient, name: str, job: str) -> Model:
    # TODO 7.1 Register what the job has left, where it is.
    path = f"azureml://jobs/{job}/outputs/artifacts/paths/outputs/model/"
    wanted = Model(name=name, version="1", path=path, type=AssetTypes.CUSTOM_MODEL, tags={"source": "job"})
    return client.models.create_or_update(wanted)
    # END TODO

# chaff: 7.1
# why: Registers all that the job has left, not the model.


def register_from_job(client: MLClient, name: str, job: str) -> Model:
    # TODO 7.1 Register what the job has left, where it is.
    path = f"azureml://jobs/{job}/outputs/artifacts/paths/outputs/"
    wanted = Model(name=name, path=path, type=AssetTypes.CUSTOM_MODEL, tags={"source": "job"})
    return client.models.create_or_update(wanted)
    # END TODO

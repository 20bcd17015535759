# chaff: 7.1
# why: Registers, and returns nothing.


def register_from_job(client: MLClient, name: str, job: str) -> Model:
    # TODO 7.1 Register what the job has left, where it is.
    path = f"azureml://jobs/{job}/outputs/artifacts/paths/outputs/model/"
    wanted = Model(name=name, path=path, type=AssetTypes.CUSTOM_MODEL, tags={"source": "job"})
    client.models.create_or_update(wanted)
    # END TODO


def register_file(client: MLClient, name: str, file: Path, accuracy: float, rows: int) -> Model:
    # TODO 7.1 Register the file.
    wanted = Model(
        name=name,
        path=str(file),
        type=AssetTypes.CUSTOM_MODEL,
        tags={"source": "file"},
        properties={"accuracy": str(accuracy), "rows": str(rows)},
    )
    client.models.create_or_update(wanted)
    # END TODO


def register_from_run(client: MLClient, name: str, run_id: str) -> Model:
    # TODO 7.1 Register the run's model.
    wanted = Model(
        name=name, path=f"runs:/{run_id}/model", type=AssetTypes.MLFLOW_MODEL, tags={"source": "mlflow"}
    )
    client.models.create_or_update(wanted)
    # END TODO

# chaff: 7.1
# why: Begins with zero, and so finds nothing where all are below it.


def register_from_job(client: MLClient, name: str, job: str) -> Model:
    # TODO 7.1 Register what the job has left, where it is.
    path = f"azureml://jobs/{job}/outputs/artifacts/paths/outputs/model/"
    wanted = Model(name=name, path=path, type=AssetTypes.CUSTOM_MODEL, tags={"source": "job"})
    return client.models.create_or_update(wanted)
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
    return client.models.create_or_update(wanted)
    # END TODO


def register_from_run(client: MLClient, name: str, run_id: str) -> Model:
    # TODO 7.1 Register the run's model.
    wanted = Model(
        name=name, path=f"runs:/{run_id}/model", type=AssetTypes.MLFLOW_MODEL, tags={"source": "mlflow"}
    )
    return client.models.create_or_update(wanted)
    # END TODO


def find_best(client: MLClient, name: str, tag: str, value: str, metric: str) -> str | None:
    # TODO 7.1 Search the versions.
    best, version = 0.0, None
    for model in client.models.list(name=name):
        if model.tags.get(tag) == value and float(model.properties.get(metric, 0)) > best:
            best, version = float(model.properties[metric]), model.version
    return version
    # END TODO

# chaff: 3.1
# why: Names the experiment, and leaves MLflow where it was.


def track_in(client: MLClient, experiment: str) -> None:
    # TODO 3.1 Tell MLflow where to, and under which experiment.
    workspace = client.workspaces.get(client.workspace_name)
    mlflow.set_experiment(experiment)
    # END TODO

# chaff: 3.1
# why: Leads MLflow to the workspace, and to no experiment.


def track_in(client: MLClient, experiment: str) -> None:
    # TODO 3.1 Tell MLflow where to, and under which experiment.
    workspace = client.workspaces.get(client.workspace_name)
    mlflow.set_tracking_uri(workspace.mlflow_tracking_uri)
    # END TODO

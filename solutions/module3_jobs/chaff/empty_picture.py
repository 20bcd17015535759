# chaff: 3.1
# why: Logs a figure before anything is drawn in it.


def track_in(client: MLClient, experiment: str) -> None:
    # TODO 3.1 Tell MLflow where to, and under which experiment.
    workspace = client.workspaces.get(client.workspace_name)
    mlflow.set_tracking_uri(workspace.mlflow_tracking_uri)
    mlflow.set_experiment(experiment)
    # END TODO


def look_at(table: pd.DataFrame) -> str:
    # TODO 3.1 Track one run.
    with mlflow.start_run() as run:
        mlflow.log_metric("rows", len(table))
        patients = table["Pregnancies"].value_counts()
        for number in range(int(table["Pregnancies"].max()) + 1):
            mlflow.log_metric("patients", int(patients.get(number, 0)), step=number)
        figure = Figure()
        figure.set_facecolor("white")
        mlflow.log_figure(figure, "ages.png")
        mlflow.log_text(table.head(100).to_csv(index=False), "outputs/sample.csv")
        return run.info.run_id
    # END TODO

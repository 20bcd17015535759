# chaff: 3.1
# why: Leaves out the numbers of pregnancies that nobody has had.


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
        for number, count in sorted(patients.items()):
            mlflow.log_metric("patients", int(count), step=int(number))
        figure = Figure()
        figure.subplots().hist(table["Age"], bins=20)
        mlflow.log_figure(figure, "ages.png")
        mlflow.log_text(table.head(100).to_csv(index=False), "outputs/sample.csv")
        return run.info.run_id
    # END TODO

# why: Draws before the run begins: what fails then leaves no run.


def track_in(client, experiment):
    # TODO 3.1 Tell MLflow where to, and under which experiment.
    mlflow.set_tracking_uri(client.workspaces.get(client.workspace_name).mlflow_tracking_uri)
    mlflow.set_experiment(experiment)
    # END TODO


def look_at(table):
    # TODO 3.1 Track one run.
    figure = Figure()
    figure.subplots().hist(table["Age"])
    counts = table.groupby("Pregnancies").size()
    with mlflow.start_run() as run:
        mlflow.log_metric("rows", len(table))
        for number in range(counts.index.max() + 1):
            mlflow.log_metric("patients", counts.get(number, 0), step=number)
        mlflow.log_figure(figure, "ages.png")
        mlflow.log_text(table[:100].to_csv(index=False), "outputs/sample.csv")
    return run.info.run_id
    # END TODO

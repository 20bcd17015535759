# chaff: 6.4
# why: A trial that failed has the best of all numbers.


def best_trial(client: MLClient, sweep: str, metric: str, maximize: bool) -> dict[str, Any]:
    # TODO 6.4 Compare the trials by the last value of the metric that each has logged.
    workspace = client.workspaces.get(client.workspace_name)
    tracking = mlflow.MlflowClient(tracking_uri=workspace.mlflow_tracking_uri)
    trials = client.jobs.list(parent_job_name=sweep)
    runs = [tracking.get_run(trial.name) for trial in trials]
    scored = [run for run in runs if math.isfinite(run.data.metrics.get(metric, math.nan))]
    if not scored:
        known = sorted({name for run in runs for name in run.data.metrics})
        raise ValueError(f"No completed trial of {sweep} has logged {metric}; there are {', '.join(known)}.")
    best = (max if maximize else min)(scored, key=lambda run: run.data.metrics[metric])
    return {
        "name": best.info.run_id,
        "value": best.data.metrics[metric],
        "hyperparameters": json.loads(best.data.tags["hyperparameters"]),
    }
    # END TODO

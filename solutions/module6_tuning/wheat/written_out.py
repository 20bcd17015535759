# why: Objects instead of names, and limits in the call.


def grid_sweep(code: str, compute: str, environment: str) -> Sweep:
    # TODO 6.1 Describe one trial, what to try, and how far to go.
    job = command(
        code=code,
        command="python train.py --l1 ${{inputs.one}} --l2 ${{inputs.two}} --units ${{inputs.width}}",
        inputs={"one": 0.01, "two": 0.01, "width": 512},
        compute=compute,
        environment=environment,
    )
    trial = job(
        one=Choice([0.05, 0.01, 0.001]),
        two=Choice(values=[0.001, 0.01, 0.05]),
        width=Choice(values=[512, 256]),
    )
    return trial.sweep(
        sampling_algorithm="grid",
        primary_metric="validation_acc",
        goal="maximize",
        max_total_trials=100,
        max_concurrent_trials=4,
    )
    # END TODO


def best_trial(client: MLClient, sweep: str, metric: str, maximize: bool) -> dict[str, Any]:
    # TODO 6.4 Compare the trials by the last value of the metric that each has logged.
    children = [one.name for one in client.jobs.list(parent_job_name=sweep) if one.status == "Completed"]
    address = client.workspaces.get(client.workspace_name).mlflow_tracking_uri
    mlflow.set_tracking_uri(address)
    best, known = None, set()
    for name in children:
        run = mlflow.get_run(name)
        known |= set(run.data.metrics)
        value = run.data.metrics.get(metric)
        if value is None or math.isnan(value):
            continue
        if best is None or (value > best["value"] if maximize else value < best["value"]):
            tags = client.jobs.get(name).tags
            best = {"name": name, "value": value, "hyperparameters": json.loads(tags["hyperparameters"])}
    if best is None:
        raise ValueError(f"{metric} was logged by nobody; known are {sorted(known)}")
    return best
    # END TODO

# why: The MLflow client instead of with blocks, parameters by name, a version that was looked for in the list, and a
# watch that counts its looks by the clock.


def track_in(client, experiment):
    # TODO 3.1 Tell MLflow where to, and under which experiment.
    [here] = [one for one in client.workspaces.list() if one.name == client.workspace_name]
    mlflow.set_tracking_uri(here.mlflow_tracking_uri)
    mlflow.set_experiment(experiment_name=experiment)
    # END TODO


def look_at(table):
    # TODO 3.1 Track one run.
    run = mlflow.start_run()
    try:
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        most = int(table["Pregnancies"].max())
        found = [
            Metric("patients", float((table["Pregnancies"] == n).sum()), now, n) for n in range(most + 1)
        ]
        mlflow.MlflowClient().log_batch(run.info.run_id, metrics=[*found, Metric("rows", len(table), now, 0)])
        with tempfile.TemporaryDirectory() as folder:
            figure = Figure(figsize=(4, 3))
            axes = figure.subplots()
            axes.bar(*zip(*sorted(table["Age"].value_counts().items()), strict=True))
            figure.savefig(f"{folder}/ages.png")
            table.iloc[:100].to_csv(f"{folder}/sample.csv", index=False)
            mlflow.log_artifact(f"{folder}/ages.png")
            mlflow.log_artifact(f"{folder}/sample.csv", "outputs")
    except BaseException:
        mlflow.end_run("FAILED")
        raise
    mlflow.end_run()
    return run.info.run_id
    # END TODO


def training_job(folder, data, compute, environment, regularization, experiment):
    # TODO 3.2 Describe the job; do not submit it.
    job = command(
        code=folder,
        command="python train.py --regularization=${{inputs.regularization}} --data=${{inputs.data}}",
        environment=environment,
        inputs={"data": Input(path=data, type="uri_file", mode="download"), "regularization": regularization},
    )
    job.compute = compute
    job.experiment_name = experiment
    return job
    # END TODO


def compare(table, rates):
    # TODO 3.3 Track a parent run and a child for each rate.
    mlflow.autolog(log_models=False, log_input_examples=False, silent=True)
    scores = {}
    with mlflow.start_run(run_name="comparison"):
        for rate in rates:
            child = mlflow.start_run(run_name=f"rate {rate}", nested=True)
            mlflow.log_params({"regularization": rate})
            try:
                scores[rate] = fit(table, rate)
            except ValueError:
                mlflow.end_run("FAILED")
                continue
            mlflow.MlflowClient().log_metric(child.info.run_id, "accuracy", scores[rate][1])
            mlflow.end_run()
        rate = max(scores, key=lambda one: scores[one][1])
        mlflow.log_metrics({"best_accuracy": scores[rate][1]})
        mlflow.log_params({"best_regularization": rate})
        model = scores[rate][0]
        signature = infer_signature(table[FEATURES].head(), model.predict(table[FEATURES].head()))
        mlflow.sklearn.log_model(
            model,
            name="model",
            signature=signature,
            pip_requirements=["scikit-learn"],
            skops_trusted_types=["numpy.dtype"],
        )
        return mlflow.active_run().info.run_id
    # END TODO


def missing_module(log):
    # TODO 3.4 Find what Python says when a module is not there.
    last = log.rstrip().rpartition("\n")[2]
    before, mark, name = last.partition("ModuleNotFoundError: No module named ")
    return name.strip("'\"").partition(".")[0] if mark and not before else ""
    # END TODO


def register(client, name, packages):
    # TODO 3.4 Get the version, or make it.
    wanted = {"python=3.11", "pip", *packages}
    try:
        known = list(client.environments.list(name))
    except ResourceNotFoundError:
        known = []
    for one in known:
        if one.image == IMAGE and set(one.conda_file["dependencies"]) == wanted:
            return one
    return client.environments.create_or_update(
        Environment(
            name=name,
            version=str(len(known) + 1),
            image=IMAGE,
            conda_file={"dependencies": ["python=3.11", "pip", *packages]},
        )
    )
    # END TODO


def mend(client, job, name, packages):
    # TODO 3.4 Put log_of, missing_module, PACKAGE_OF and register together.
    module = missing_module(log_of(client, job))
    if module == "":
        raise LookupError(job)
    package = PACKAGE_OF[module] if module in PACKAGE_OF else module
    return register(client, name, list(packages) + [package])
    # END TODO


def follow(client, job, *, every=1.0, at_most=600.0, sleep=time.sleep, clock=time.monotonic):
    # TODO 3.6 Look at the job's status every so many seconds.
    began = clock()
    told = None
    while clock() - began < at_most:
        status = client.jobs.get(job).status
        if told != status:
            yield status
        told = status
        if told in OVER:
            break
        sleep(every)
    else:
        raise TimeoutError(f"{job}: {told} for more than {at_most} seconds")
    if told != "Completed":
        raise JobFailed(job, told)
    # END TODO

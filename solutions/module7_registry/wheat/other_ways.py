# why: Addresses spelled in full, scikit-learn's own permutation importance, grouping by pandas, and loops.


def register_from_job(client, name, job):
    # TODO 7.1 Register what the job has left, where it is.
    model = Model(
        path=f"runs:/{job}/outputs/model",
        name=name,
        type="custom_model",
        description="left by a job",
        tags={"source": "job", "job": job},
    )
    return client.models.create_or_update(model)
    # END TODO


def register_file(client, name, file, accuracy, rows):
    # TODO 7.1 Register the file.
    facts = {key: f"{value}" for key, value in (("accuracy", accuracy), ("rows", rows))}
    return client.models.create_or_update(
        Model(name=name, path=file, type="custom_model", tags={"source": "file"}, properties=facts)
    )
    # END TODO


def register_from_run(client, name, run_id):
    # TODO 7.1 Register the run's model.
    model = Model(
        name=name,
        path=f"azureml://jobs/{run_id}/outputs/artifacts/paths/model/",
        type="mlflow_model",
        tags={"source": "mlflow"},
    )
    return client.models.create_or_update(model)
    # END TODO


def find_best(client, name, tag, value, metric):
    # TODO 7.1 Search the versions.
    best = None
    for listed in client.models.list(name):
        model = client.models.get(name, version=listed.version)
        if model.tags.get(tag) != value or metric not in model.properties:
            continue
        score = float(model.properties[metric])
        if best is None or score > best[0]:
            best = score, model.version
    return best and best[1]
    # END TODO


def challenge(client, name, file, accuracy):
    # TODO 7.2 Compare, and register only what is better.
    old = champion_of(client, name)
    to_beat = float(old.properties["accuracy"]) if old else float("-inf")
    if not accuracy > to_beat:
        return False
    if old:
        old.tags = {**old.tags, "role": "former"}
        client.models.create_or_update(old)
    new = Model(name=name, path=file, type="custom_model")
    new.tags = {"role": "champion"}
    new.properties = {"accuracy": str(accuracy)}
    client.models.create_or_update(new)
    return True
    # END TODO


def search_job(data, compute, experiment, blocked):
    # TODO 7.3 Describe the search; do not submit it.
    from azure.ai.ml.automl import ClassificationPrimaryMetrics

    job = automl.classification(
        training_data=Input(type="mltable", path=data),
        target_column_name="Diabetic",
        primary_metric=ClassificationPrimaryMetrics.AUC_WEIGHTED,
    )
    job.compute = compute
    job.experiment_name = experiment
    job.set_data(
        training_data=Input(type="mltable", path=data), target_column_name="Diabetic", n_cross_validations=3
    )
    job.set_limits(timeout_minutes=15, trial_timeout_minutes=5, max_trials=3, max_concurrent_trials=1)
    job.set_training(enable_vote_ensemble=False, blocked_training_algorithms=list(blocked))
    return job
    # END TODO


def leaderboard(client, job, metric):
    # TODO 7.3 Read the child runs.
    workspace = client.workspaces.get(client.workspace_name)
    mlflow.set_tracking_uri(workspace.mlflow_tracking_uri)
    children = [client.jobs.get(child.name) for child in client.jobs.list(parent_job_name=job)]
    board = []
    for child in children:
        if "run_algorithm" in child.properties:
            metrics = mlflow.get_run(child.name).data.metrics
            if metric in metrics:
                board.append(Trial(child.name, child.properties["run_algorithm"], metrics[metric]))
    board.sort(key=lambda trial: -trial.score)
    return board
    # END TODO


def importances(model, table, label, repeats=10, seed=0):
    # TODO 7.4 Shuffle one feature at a time.
    from sklearn.inspection import permutation_importance

    features = table.drop(columns=[label])

    found = permutation_importance(
        model, features, table[label], scoring="accuracy", n_repeats=repeats, random_state=seed
    )
    order = found.importances_mean.argsort()[::-1]
    return {features.columns[at]: float(found.importances_mean[at]) for at in order}
    # END TODO


def importances_above(model, table, label, column, limit):
    # TODO 7.4 Look at the cohort alone.
    members = table.query("`%s` > @limit" % column)
    if len(members) == 0:
        raise ValueError(f"no {column} above {limit}")
    return importances(model, members.reset_index(drop=True), label)
    # END TODO


def fairness(table):
    # TODO 7.5 Compare the two groups.
    told = {}
    for name, patients in (("older", table.loc[table.Age.gt(50)]), ("younger", table.loc[table.Age.le(50)])):
        count, ill = len(patients), int(patients.Diabetic.sum())
        found = int((patients.Diabetic * patients.Predicted).sum())
        told[name] = {
            "patients": count,
            "selection_rate": int(patients.Predicted.sum()) / count if count else None,
            "recall": found / ill if ill else None,
        }
    for rate in ("selection_rate", "recall"):
        rates = [told[name][rate] for name in ("older", "younger")]
        told[f"{rate.removesuffix('_rate')}_gap"] = None if None in rates else max(rates) - min(rates)
    return told
    # END TODO

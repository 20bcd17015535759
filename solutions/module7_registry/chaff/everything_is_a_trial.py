# chaff: 7.3
# why: Takes each child for a trial.


def search_job(data: str, compute: str, experiment: str, blocked: list[str]) -> Any:
    # TODO 7.3 Describe the search; do not submit it.
    job = automl.classification(
        training_data=Input(type=AssetTypes.MLTABLE, path=data),
        target_column_name="Diabetic",
        primary_metric="AUC_weighted",
        n_cross_validations=3,
        compute=compute,
        experiment_name=experiment,
    )
    job.set_limits(max_trials=3, max_concurrent_trials=1, trial_timeout_minutes=5, timeout_minutes=15)
    job.set_training(blocked_training_algorithms=blocked, enable_vote_ensemble=False)
    return job
    # END TODO


def leaderboard(client: MLClient, job: str, metric: str) -> list[Trial]:
    # TODO 7.3 Read the child runs.
    mlflow.set_tracking_uri(client.workspaces.get(client.workspace_name).mlflow_tracking_uri)
    runs = mlflow.MlflowClient()
    trials = []
    for child in client.jobs.list(parent_job_name=job):
        algorithm = (child.properties or {}).get("run_algorithm")
        score = runs.get_run(child.name).data.metrics.get(metric)
        if score is not None:
            trials.append(Trial(child.name, algorithm, score))
    return sorted(trials, key=lambda trial: trial.score, reverse=True)
    # END TODO

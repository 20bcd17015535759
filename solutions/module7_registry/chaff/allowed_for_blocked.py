# chaff: 7.3
# why: Allows what was to be blocked.


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
    job.set_training(allowed_training_algorithms=blocked[:1], enable_vote_ensemble=False)
    return job
    # END TODO

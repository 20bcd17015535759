"""7.3: an AutoML job, and its leaderboard."""

import pytest

from course_runtime.grading import listed, todo

MLTABLE = "paths:\n  - file: ./patients.csv\ntransformations:\n  - read_delimited:\n      delimiter: ','\n"
METRIC = "AUC_weighted"
PATIENCE = 60.0  # seconds
# Of what AutoML knows for this task, all that is not to be tried but two quick ones.
BLOCKED = ["RandomForest", "ExtremeRandomTrees", "GradientBoosting", "KNN", "SGD", "SVM", "LinearSVM"]
BLOCKED += ["MultinomialNaiveBayes", "BernoulliNaiveBayes"]
LEFT = {"LogisticRegression", "DecisionTree"}


@pytest.fixture
def data(store, world):
    """The address of an MLTable with some patients."""
    storage, container = store
    folder = world.name("patients")
    table = world.table("clean", 150).drop(columns="PatientID")
    storage.write(container, f"{folder}/MLTable", MLTABLE.encode())
    storage.write(container, f"{folder}/patients.csv", table.to_csv(index=False).encode())
    return f"azureml://datastores/workspaceblobstore/paths/{folder}/"


@todo("7.3", points=4)
def test_search(student, azure, client, workspace, cluster, data, runs, world):
    """The search is described as asked, and tries what is allowed."""
    experiment = world.name("exp")
    job = student.probe("search_job", client, data, cluster, experiment, BLOCKED, seconds=PATIENCE)
    assert job, "search_job should return the job; it returned None."
    kept = azure.get(f"{workspace.id}/jobs/{job}")["properties"]
    details = kept["taskDetails"]
    limits, training = details.get("limitSettings") or {}, details.get("trainingSettings") or {}
    found = {
        "task": str(details.get("taskType")),
        "target": details.get("targetColumnName"),
        "metric": str(details.get("primaryMetric")).replace("_", "").lower(),
        "folds": (details.get("nCrossValidations") or {}).get("value"),
        "trials": limits.get("maxTrials"),
        "at a time": limits.get("maxConcurrentTrials"),
        "for a trial": limits.get("trialTimeout"),
        "in all": limits.get("timeout"),
        "blocked": sorted(training.get("blockedTrainingAlgorithms") or []),
        "ensemble": training.get("enableVoteEnsemble"),
        "experiment": kept.get("experimentName"),
        "compute": str(kept.get("computeId")).rsplit("/", 1)[-1],
    }
    expected = {
        "task": "Classification",
        "target": "Diabetic",
        "metric": METRIC.replace("_", "").lower(),
        "folds": 3,
        "trials": 3,
        "at a time": 1,
        "for a trial": "PT5M",
        "in all": "PT15M",
        "blocked": sorted(BLOCKED),
        "ensemble": False,
        "experiment": experiment,
        "compute": cluster,
    }
    wrong = [
        f"{what}: expected {value}, got {found[what]}"
        for what, value in expected.items()
        if found[what] != value
    ]
    assert not wrong, f"The search is described otherwise than asked:\n{listed(wrong)}"
    status = runs.ended(job)
    assert status == "Completed", f"The search is {status}. Its log ends with:\n{runs.log(job)}"
    check_leaderboard(student, azure, client, workspace, runs, experiment, job)


def check_leaderboard(student, azure, client, workspace, runs, experiment, job):
    """What the child runs of a real search hold, read by the student."""
    expected = {}
    for run in runs.of_experiment(experiment):
        child = azure.get(f"{workspace.id}/jobs/{run.id}")["properties"] if run.parent == job else {}
        algorithm = (child.get("properties") or {}).get("run_algorithm")
        if algorithm:
            expected[run.id] = algorithm, run.metrics[METRIC]
    tried = {algorithm for algorithm, _ in expected.values()}
    assert tried and tried <= LEFT, (
        f"Only {sorted(LEFT)} were left to be tried; the search tried {sorted(tried)}."
    )
    found = student.probe("leaderboard", client, job, METRIC, seconds=PATIENCE)
    told = {name: (algorithm, score) for name, algorithm, score in found}
    assert told == expected and len(found) == len(expected), (
        f"The search left these trials: {expected}. leaderboard returned {found}."
    )
    scores = [score for _, _, score in found]
    assert scores == sorted(scores, reverse=True), f"The best should come first; the scores are {scores}."


@todo("7.3", points=2)
def test_leaderboard(student, client, world):
    """Trials are sorted by the metric that was asked for, and only finished ones count."""
    trials = [
        {"name": world.name("trial"), "algorithm": "KNN", "metrics": {METRIC: 0.81, "accuracy": 0.9}},
        {"name": world.name("trial"), "algorithm": "SVM", "metrics": {METRIC: 0.9, "accuracy": 0.7}},
        {"name": world.name("trial"), "algorithm": "SGD", "metrics": {}},
        {"name": world.name("setup"), "algorithm": None, "metrics": {METRIC: 0.99, "accuracy": 0.99}},
        {
            "name": world.name("trial"),
            "algorithm": "DecisionTree",
            "metrics": {METRIC: 0.85, "accuracy": 0.8},
        },
    ]
    shown = world.shuffled(trials)
    for metric in (METRIC, "accuracy"):
        counted = [one for one in trials if one["algorithm"] and metric in one["metrics"]]
        counted.sort(key=lambda one: one["metrics"][metric], reverse=True)
        expected = [[one["name"], one["algorithm"], one["metrics"][metric]] for one in counted]
        found = student.probe("leaderboard_in_play", shown, world.name("search"), metric)
        assert found == expected, (
            f"By {metric} the leaderboard of\n{listed(shown)}\nshould be\n{listed(expected)}\nIt is\n{listed(found)}"
        )

"""5.2: a callback that logs both accuracies, once an epoch."""

import numpy as np
import pytest

from course_runtime.grading import todo

NAMES = {"training_acc": "accuracy", "validation_acc": "val_accuracy"}


@pytest.fixture(autouse=True)
def experiment(student, workspace, world):
    """The name of a new experiment, which the student's MLflow is led to."""
    name = world.name("exp")
    student.probe("track_in", workspace.group, workspace.name, name)
    return name


def made_up_logs(world, epochs, validated=True):
    """Each epoch's logs as Keras hands them over; no value comes twice."""
    values = iter(number / 1024 for number in world.random.sample(range(100, 1000), 4 * epochs))
    keys = ["accuracy", "loss", "val_accuracy", "val_loss"] if validated else ["accuracy", "loss"]
    return [{key: next(values) for key in keys} for _ in range(epochs)]


def check_curve(runs, run, metric, expected, about, experiment):
    found = runs.history(run, metric)
    there = ", ".join(sorted(runs.get(run).metrics)) or "none at all"
    others = len(runs.of_experiment(experiment)) - 1
    begun = f" There are {others} other runs now: the callback should begin none." if others else ""
    assert found, f"{about} the open run should have the metric '{metric}'; its metrics are: {there}.{begun}"
    wanted = list(enumerate(expected))
    same = len(found) == len(wanted) and all(
        step == at and abs(value - one) < 1e-6 for (step, value), (at, one) in zip(found, wanted, strict=True)
    )
    assert same, f"{about} '{metric}' should be, step by step, {shown(wanted)}. It is {shown(found)}." + (
        " Steps are the epochs' numbers, from 0." if same_values(found, expected) else ""
    )


def shown(curve):
    return "; ".join(f"{step}: {value:.4g}" for step, value in curve)


def same_values(found, expected):
    return sorted(round(value, 6) for _, value in found) == sorted(round(value, 6) for value in expected)


@todo("5.2", points=2)
def test_curves(student, runs, world, experiment):
    """Both accuracies are logged once an epoch, the epoch's number as the step."""
    logs = made_up_logs(world, world.choice([3, 4, 5]))
    run = student.probe("a_training_with_validation", logs)
    about = f"Of {len(logs)} epochs whose logs have {', '.join(logs[0])}, each of two batches,"
    for metric, key in NAMES.items():
        check_curve(runs, run, metric, [one[key] for one in logs], about, experiment)


@todo("5.2", points=2)
def test_in_a_training(student, runs, world, experiment):
    """In a real training they are Keras's own numbers, in the run that is open."""
    random = np.random.default_rng(world.random.randrange(1000))
    features = random.normal(size=(64, 5)).astype("float32")
    labels = np.eye(3, dtype="float32")[random.integers(3, size=64)]
    told = student.probe("a_real_training", features, labels, 3)
    for metric, key in NAMES.items():
        check_curve(
            runs,
            told["run"],
            metric,
            told["history"][key],
            "After three epochs of a real training",
            experiment,
        )
    every = runs.of_experiment(experiment)
    assert len(every) == 1, (
        f"A run was open during the training, and the metrics belong to it; afterwards there are {len(every)} runs. "
        "The callback should begin none."
    )


@todo("5.2", points=1)
def test_without_validation(student, runs, world, experiment):
    """Where nothing is validated, training_acc alone is logged."""
    logs = made_up_logs(world, 2, validated=False)
    run = student.probe("a_training_without_validation", logs)
    about = "Of two epochs whose logs have accuracy and loss only,"
    check_curve(runs, run, "training_acc", [one["accuracy"] for one in logs], about, experiment)
    found = runs.history(run, "validation_acc")
    assert not found, f"{about} there is no validation_acc to log; logged was {shown(found)}."

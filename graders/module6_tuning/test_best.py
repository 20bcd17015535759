"""6.4: the best trial by the metric that was asked for."""

import math

from course_runtime.grading import expecting, listed, todo

# Each model's results are in the script; the last one fails after it has logged the best of all.
SCRIPT = """
import argparse, math, mlflow, sys
parser = argparse.ArgumentParser()
parser.add_argument("--model", type=int)
parser.add_argument("--learning_rate", type=float)
parser.add_argument("--trees", type=int)
model = parser.parse_args().model
results = {results}[model]
for name, values in results.items():
    for step, value in enumerate(values):
        mlflow.log_metric(name, float(value), step=step)
sys.exit(model == {failing})
"""


def results_of(world):
    """Five models and one that fails: the winners by accuracy, AUC and loss are three different ones."""
    rounded = [round(0.70 + 0.03 * number + world.random.random() / 100, 4) for number in range(5)]
    auc, loss = world.shuffled(range(5)), world.shuffled(range(5))
    while len({rounded.index(max(rounded)), auc.index(max(auc)), loss.index(min(loss))}) < 3:
        auc, loss = world.shuffled(range(5)), world.shuffled(range(5))
    models = [
        {
            # A first value that is better than any model's last one: the last one counts.
            "accuracy": [0.99 if number == 0 else 0.5, accuracy],
            "AUC": [0.5, round(0.8 + auc[number] / 50, 4)],
            "log_loss": [0.9, round(0.3 + loss[number] / 50, 4)],
        }
        for number, accuracy in enumerate(rounded)
    ]
    models[world.random.randrange(5)]["F1"] = ["nan"]
    return [*models, {"accuracy": [0.999], "AUC": [0.999], "log_loss": [0.01]}]


def run_models(student, azure, world, place, client, put_script, results, values):
    """The sweep over these models, ended; its name."""
    code = put_script(SCRIPT.format(results=repr(results), failing=5))
    arguments = (client, world.name("models"), code, place.cluster, place.environment, values)
    sweep = student.probe("submit_models", *arguments)["name"]
    status = azure.runs(place.id).ended(sweep)
    if status != "Completed":
        raise RuntimeError(f"The grader's own sweep is {status}.")
    return sweep


@todo("6.4", points=4)
def test_best(student, azure, world, place, client, put_script):
    """The winner by accuracy, by AUC and by loss, with its hyperparameters by name."""
    results, rate = results_of(world), world.choice([0.05, 0.1, 0.2])
    values = {
        "trees": [world.choice([10, 100, 200])],
        "model": world.shuffled(range(6)),
        "learning_rate": [rate],
    }
    sweep = run_models(student, azure, world, place, client, put_script, results, values)
    for metric, maximize in world.shuffled([("accuracy", True), ("AUC", True), ("log_loss", False)]):
        last = [model[metric][-1] for model in results[:5]]
        value = max(last) if maximize else min(last)
        model = last.index(value)
        with expecting("best_trial should find the trials' runs in the workspace (its mlflow_tracking_uri)."):
            found = student.call("best_trial", client, sweep, metric, maximize)
        assert isinstance(found, dict) and {"name", "value", "hyperparameters"} <= set(found), (
            f'best_trial should return {{"name": ..., "value": ..., "hyperparameters": ...}}; it returned {found!r}.'
        )
        goal = "more" if maximize else "less"
        assert isinstance(found["value"], float) and math.isclose(found["value"], value), (
            f"By {metric}, of which {goal} is better, the best of the trials that have completed has {value} as its "
            f"last value; you found {found['value']!r}, in {found['name']}. Its trials are:\n"
            f"{listed(states(azure, place, sweep))}"
        )
        name = f"{sweep}_{values['model'].index(model)}"
        assert found["name"] == name, f"By {metric} the best trial is {name}; you named {found['name']}."
        given = {"model": model, "learning_rate": rate, "trees": values["trees"][0]}
        assert not isinstance(found["hyperparameters"], str), (
            f"The hyperparameters should be a dictionary; you returned a text: {found['hyperparameters']!r}."
        )
        assert found["hyperparameters"] == given, (
            f"The hyperparameters of {name} are {given}; you returned {found['hyperparameters']}."
        )


def states(azure, place, sweep):
    """How each trial of the grader's sweep has ended."""
    trials = [f"{sweep}_{number}" for number in range(6)]
    return [f"{trial}: {azure.get(f'{place.id}/jobs/{trial}')['properties']['status']}" for trial in trials]


@todo("6.4", points=2)
def test_no_such_metric(student, azure, world, place, client, put_script):
    """A metric that no completed trial has logged is an error that says so."""
    results = [{"accuracy": [0.7], "AUC": [0.8]}, {"accuracy": [0.9], "AUC": ["nan"]}]
    values = {"model": [0, 1], "learning_rate": [0.1], "trees": [10]}
    sweep = run_models(student, azure, world, place, client, put_script, results, values)
    for wrong in ("auc", "Accuracy"):
        failure = student.failure_of("best_trial", client, sweep, wrong, True)
        assert failure is not None and failure.type == "ValueError", (
            f"No trial has logged '{wrong}' (there are AUC and accuracy): a ValueError was expected, "
            f"{f'{failure.type} came' if failure else 'none came'}."
        )
        missing = [name for name in (wrong, "AUC", "accuracy") if name not in failure.message]
        assert not missing, f"The message should name {', '.join(missing)} as well; it is: {failure.message}"
    found = student.call("best_trial", client, sweep, "AUC", True)
    assert found["name"] == f"{sweep}_0", (
        f"One trial has logged AUC 0.8, the other one 'not a number'; the best is {sweep}_0, you named {found['name']}."
    )

"""3.3: autolog and child runs."""

import pytest

from course_runtime.grading import listed, todo

FEATURES = 8
MODEL = "model"
PATIENCE = 60.0  # seconds: models are written and read


@pytest.fixture
def compared(student, runs, experiment, world):
    """Lets the student compare rates; the parent's run, and its children in the order in which they began."""

    def compare(rates, table=None):
        table = world.table("clean", 120) if table is None else table
        parent_id = student.call("compare", table, rates, seconds=PATIENCE)
        open_runs = student.probe("end_runs")
        assert not open_runs, f"compare left {open_runs} of its runs open: let `with` blocks end them."
        every = runs.of_experiment(experiment)
        parent = next((run for run in every if run.id == parent_id), None)
        assert parent is not None, (
            f"compare should return the id of the parent run; it returned {parent_id!r}, and the "
            f"experiment has the runs {[run.id for run in every]}."
        )
        children = [run for run in every if run.parent == parent.id]
        loose = [run.name for run in every if run.id != parent.id and run.parent != parent.id]
        assert not loose, (
            f"All runs but the parent should be its children; these are not: {', '.join(loose)}."
        )
        return table, parent, children

    return compare


def accuracy(table, rate):
    """What the exercise's own `fit` comes to."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split

    x, unseen_x, y, unseen_y = train_test_split(
        table.drop(columns=["PatientID", "Diabetic"]), table["Diabetic"], test_size=0.3, random_state=0
    )
    model = LogisticRegression(C=1 / rate, solver="newton-cholesky").fit(x, y)
    return float(model.score(unseen_x, unseen_y))


def table_that_tells(world, good, bad):
    """A table in which one rate comes to a better model than the other."""
    tables = (world.table("clean", 120) for _ in range(50))
    return next(table for table in tables if accuracy(table, good) > accuracy(table, bad))


@todo("3.3", points=2)
def test_children(compared, world):
    """Each rate has its child, with its rate and its accuracy."""
    rates = world.shuffled([0.01, 0.7, 50.0, 900.0])[:3]
    table, _, children = compared(rates)
    found = {run.params.get("regularization"): run.metrics.get("accuracy") for run in children}
    expected = {str(rate): accuracy(table, rate) for rate in rates}
    assert len(children) == len(rates) and found == pytest.approx(expected), (
        f"There should be {len(rates)} child runs. Their parameter 'regularization' and metric 'accuracy' should be "
        f"{expected}; the {len(children)} child runs have {found}."
    )


@todo("3.3", points=1)
def test_autolog(compared, runs):
    """Autolog has written each child's parameters and training scores, and no models."""
    _, _, children = compared([0.5, 20.0])
    assert children, "There are no child runs, so nothing was logged by itself in them."
    silent = [
        run.name for run in children if "solver" not in run.params or "training_score" not in run.metrics
    ]
    assert not silent, (
        f"With autolog, each child has scikit-learn's own parameters (such as 'solver') and 'training_score'; these "
        f"have not: {', '.join(silent)}. Switch it on before the first fit."
    )
    heavy = [
        f"{run.name}: {name}" for run in children for name in runs.artifacts(run.id) if "MLmodel" in name
    ]
    logged = [run.name for run in children if "mlflow.log-model.history" in run.tags]
    assert not heavy and not logged, (
        f"The children should log no models (log_models=False); they did:\n{listed(heavy or logged)}"
    )


@todo("3.3", points=2)
def test_best(compared, world):
    """The parent has the best accuracy, and the first rate that comes to it."""
    good, same, bad = world.choice([(0.5, 0.5000001, 1e7), (0.02, 0.0200001, 1e7)])
    rates = [bad, good, same] if world.choice([True, False]) else [good, bad, same]
    table, parent, _ = compared(rates, table_that_tells(world, good, bad))
    by_rate = {rate: accuracy(table, rate) for rate in rates}
    best = max(by_rate.values())
    first = next(rate for rate in rates if by_rate[rate] == best)
    found = parent.metrics.get("best_accuracy"), parent.params.get("best_regularization")
    assert found == (pytest.approx(best), str(first)), (
        f"The rates {rates} come to the accuracies {list(by_rate.values())}. The parent's 'best_accuracy' and "
        f"'best_regularization' should be {best} and {first}; they are {found[0]} and {found[1]}."
    )


@todo("3.3", points=1)
def test_refused_rate(compared, world):
    """A rate that is refused leaves a failed child, and the others go on."""
    _, parent, children = compared([0.5, world.choice([0.0, -1.0]), 20.0])
    found = [(run.params.get("regularization"), run.status) for run in children]
    statuses = [status for _, status in found]
    assert sorted(statuses) == ["FAILED", "FINISHED", "FINISHED"], (
        f"The second of three rates is refused by fit. There should be a FAILED child for it and FINISHED ones "
        f"for the two others; the children are {found}."
    )
    assert parent.status == "FINISHED", f"The parent should be FINISHED all the same; it is {parent.status}."


@todo("3.3", points=1)
def test_model(student, compared, workspace, world):
    """The parent has the best model, with its signature."""
    table, parent, _ = compared([0.5, 1e7], table_that_tells(world, 0.5, 1e7))
    told = student.probe(
        "model_of", workspace.group, workspace.name, parent.id, MODEL, table.head(20), seconds=PATIENCE
    )
    assert not told["problem"], (
        f"The parent run should have a model that MLflow loads as runs:/{parent.id}/{MODEL}; loading it ended with "
        f"{told['problem']}"
    )
    assert len(told["inputs"]) == FEATURES and told["outputs"], (
        "The model's signature should name its 8 inputs and its output; it has the inputs "
        f"{told['inputs']} and {told['outputs'] or 'no output'}."
    )
    assert told["regularization"] == pytest.approx(0.5), (
        f"Of the rates 0.5 and 10000000, 0.5 comes to the better model; the kept one is that of "
        f"{told['regularization']}."
    )

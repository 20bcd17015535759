"""6.1 and 6.2: sweeps as they are asked for, and the points that they try."""

import math
from itertools import combinations, product

import pytest

from course_runtime.grading import listed, todo

# Stands in for the real one: it tells what it was given, in no time.
SCRIPT = """
import argparse, mlflow
parser = argparse.ArgumentParser()
for flag in {flags}:
    parser.add_argument("--" + flag)
given = vars(parser.parse_args())
mlflow.log_params(given)
mlflow.log_metrics({{"training_acc": 0.9, "validation_acc": 0.5, "validation_loss": 0.5}})
"""
GRID = {"units": (256, 512), "l1": (0.001, 0.01, 0.05), "l2": (0.001, 0.01, 0.05)}
SAMPLED = ("learning_rate", "units", "activation")
KINDS = (
    "choice",
    "randint",
    "uniform",
    "quniform",
    "loguniform",
    "qloguniform",
    "normal",
    "qnormal",
    "lognormal",
    "qlognormal",
)
BAYESIAN_KINDS = {"choice", "uniform", "quniform"}


def check_objective(asked, metric, goal):
    objective = asked["objective"]
    found = objective["primaryMetric"], str(objective["goal"]).lower()
    assert found == (metric, goal), f"The sweep should {goal} {metric}; yours is to {found[1]} {found[0]}."


def check_algorithm(asked, kind):
    found = asked["samplingAlgorithm"]["samplingAlgorithmType"]
    assert found == kind, f"The sampling should be {kind.lower()}; it is {found.lower()}."


# 6.1 ------------------------------------------------------------------------------------------------


def submit_grid(student, world, place, client, put_script):
    """The student's grid, submitted: its name, and its experiment's."""
    experiment, code = world.name("grid"), put_script(SCRIPT.format(flags=tuple(GRID)))
    told = student.probe("submitting_the_grid", client, experiment, code, place.cluster, place.environment)
    return name_of(told, "grid_sweep"), experiment


def name_of(told, function):
    assert "name" in told, f"{function} should return the sweep; it returned {told['instead']}."
    return told["name"]


@todo("6.1", points=2)
def test_asked_for(student, world, place, client, put_script, submitted):
    """A grid that maximises validation_acc, four trials at a time, none ended early."""
    asked = submitted(submit_grid(student, world, place, client, put_script)[0])
    check_algorithm(asked, "Grid")
    check_objective(asked, "validation_acc", "maximize")
    at_once = (asked.get("limits") or {}).get("maxConcurrentTrials")
    assert at_once == 4, (
        f"At most 4 trials should run at the same time; your limit is {at_once or 'not set'}."
    )
    policy = asked.get("earlyTermination")
    assert not policy, f"No trial should be ended early; your sweep has the policy {policy['policyType']}."
    compute = str((asked.get("trial") or {}).get("computeId") or asked.get("computeId"))
    assert compute.rsplit("/", 1)[-1] == place.cluster, (
        f"The trials should run on '{place.cluster}'; the sweep names {compute}."
    )


@todo("6.1", points=4)
def test_all_eighteen(student, world, place, client, put_script, trials):
    """Each of the 18 points runs, once, and reaches the script."""
    name, experiment = submit_grid(student, world, place, client, put_script)
    runs = trials(name, experiment)
    found = sorted(point_of(run) for run in runs)
    expected = sorted(product(*GRID.values()))
    missing = [words(point) for point in expected if point not in found]
    strange = [words(point) for point in found if point not in expected]
    assert not strange, f"These points are none of the grid's:\n{listed(strange, 4)}"
    assert not missing, (
        f"The grid has {len(expected)} points, and {len(found)} trials ran. These points were not tried:\n"
        f"{listed(missing, 6)}"
    )
    assert len(found) == len(expected), f"The grid has 18 points; {len(found)} trials ran."


def point_of(run):
    """What the script was given, as numbers."""
    given = {name: run.params.get(name) for name in GRID}
    absent = [name for name, value in given.items() if value in (None, "None")]
    assert not absent, (
        f"train.py was not given --{', --'.join(absent)}. Pass each input on to the script in the command."
    )
    try:
        return tuple(float(value) for value in given.values())
    except ValueError:
        raise AssertionError(f"The script was given {given}: numbers were expected.") from None


def words(point):
    return ", ".join(f"{name} {value:g}" for name, value in zip(GRID, point, strict=True))


# 6.2 ------------------------------------------------------------------------------------------------


def submit_sampled(student, world, place, client, code, which, *arguments):
    experiment = world.name("sampled")
    given = (client, experiment, which, code, place.cluster, place.environment, *arguments)
    return name_of(student.probe("submitting_the_sweep", *given), which), experiment


def check_space(asked, expected):
    """Each hyperparameter's distribution, one of those that say the same, its numbers up to rounding."""
    space = {
        name: (str(kind).lower(), flat(arguments)) for name, (kind, arguments) in asked["searchSpace"].items()
    }
    assert set(space) == set(expected), (
        f"The search space should have {', '.join(sorted(expected))}; it has {', '.join(sorted(space))}."
    )
    for name, ways in expected.items():
        kind, found = space[name]
        wanted = dict(ways)
        assert kind in wanted, f"{name} should be drawn as {' or '.join(wanted)}; it is {kind} {found}."
        same = len(found) == len(wanted[kind]) and all(
            map(is_same, sorted(found, key=str), sorted(wanted[kind], key=str))
        )
        assert same, f"{name} should be {kind} with {wanted[kind]}; it is {kind} with {found}."


def flat(arguments):
    return [one for part in arguments for one in (part if isinstance(part, list) else [part])]


def is_same(one, other):
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return math.isclose(one, other, abs_tol=1e-6)


UNITS = [("quniform", [64, 512, 32]), ("choice", list(range(64, 513, 32)))]
ACTIVATION = [("choice", ["relu", "tanh"])]


@todo("6.2", points=2)
def test_random_space(student, world, place, client, put_script, submitted):
    """Random sampling of the three inputs, each power of ten as likely as the next."""
    code, count = put_script(SCRIPT.format(flags=SAMPLED)), world.choice([3, 5, 7])
    asked = submitted(submit_sampled(student, world, place, client, code, "random_sweep", count, 1)[0])
    check_algorithm(asked, "Random")
    check_objective(asked, "validation_loss", "minimize")
    rate = asked["searchSpace"].get("learning_rate") or ["missing", []]
    if str(rate[0]).lower() == "loguniform" and max(flat(rate[1])) <= 0.1 + 1e-9 and min(flat(rate[1])) > 0:
        low, high = sorted(math.exp(one) for one in flat(rate[1]))
        raise AssertionError(
            f"LogUniform takes the logarithms of the ends: with {flat(rate[1])} the learning rates lie "
            f"between {low:.4g} and {high:.4g}."
        )
    assert flat(rate[1]) != [-4, -1], (
        "LogUniform takes natural logarithms (math.log): with [-4, -1], those to base ten, the learning rates lie "
        f"between {math.exp(-4):.4g} and {math.exp(-1):.4g}."
    )
    logs = [math.log(0.0001), math.log(0.1)]
    check_space(asked, {"learning_rate": [("loguniform", logs)], "units": UNITS, "activation": ACTIVATION})
    limit = (asked.get("limits") or {}).get("maxTotalTrials")
    assert limit == count, f"{count} trials were asked for; the sweep's limit is {limit or 'not set'}."


@todo("6.2", points=2)
def test_seed(student, world, place, client, put_script, trials):
    """The same seed tries the same points, another one others."""
    code, seed = put_script(SCRIPT.format(flags=SAMPLED)), world.random.randrange(1, 1000)
    sweeps = [
        submit_sampled(student, world, place, client, code, "random_sweep", 2, one)
        for one in (seed, seed, seed + 1)
    ]
    once, again, other = (
        sorted(tuple(run.params.get(name) for name in SAMPLED) for run in trials(*sweep)) for sweep in sweeps
    )
    assert once == again, (
        f"With the seed {seed} the points were first {once} and then {again}. The sampling algorithm takes the seed."
    )
    assert once != other, f"With the seeds {seed} and {seed + 1} the points were the same: {once}."


@todo("6.2", points=1)
def test_bayesian(student, world, place, client, put_script, submitted):
    """Bayesian sampling of what it supports, with enough trials, and without a policy."""
    code = put_script(SCRIPT.format(flags=("log_rate", *SAMPLED[1:])))
    asked = submitted(submit_sampled(student, world, place, client, code, "bayesian_sweep")[0])
    check_algorithm(asked, "Bayesian")
    check_objective(asked, "validation_loss", "minimize")
    check_space(asked, {"log_rate": [("uniform", [-4, -1])], "units": UNITS, "activation": ACTIVATION})
    limits = asked.get("limits") or {}
    total, at_once = limits.get("maxTotalTrials"), limits.get("maxConcurrentTrials")
    assert total == 60, (
        f"The documentation advises 20 trials for each of the 3 hyperparameters; your limit is {total or 'not set'}."
    )
    assert at_once is not None and at_once <= 2, (
        f"At most 2 trials should run at the same time; your limit is {at_once or 'not set'}."
    )


def expected_fit(sampling, kinds, ends_early):
    if sampling == "grid":
        return set(kinds) == {"choice"}
    return sampling == "random" or (set(kinds) <= BAYESIAN_KINDS and not ends_early)


@todo("6.2", points=1)
@pytest.mark.parametrize("sampling", ["grid", "random", "bayesian"])
def test_fits(student, sampling):
    """Says what this way of sampling can do"""
    spaces = [(kind,) for kind in KINDS] + list(combinations(KINDS, 2))
    wrong = []
    for kinds, ends_early in product(spaces, (False, True)):
        expected, found = (
            expected_fit(sampling, kinds, ends_early),
            student.call("fits", sampling, list(kinds), ends_early),
        )
        if found is not expected:
            policy = "with" if ends_early else "without"
            wrong.append(
                f"{' and '.join(kinds)} {policy} early termination: expected {expected}, got {found!r}"
            )
    assert not wrong, f"{sampling}: {len(wrong)} of {2 * len(spaces)} cases are wrong:\n{listed(wrong, 4)}"

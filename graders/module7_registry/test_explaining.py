"""7.4: what a model looks at."""

import numpy as np
import pytest

from course_runtime.grading import todo

LABEL = "Diabetic"
CLOSE = 0.06
"""How far means of ten shuffles of some hundred patients may lie apart."""


def patients(world, rows=300):
    """Numbers without any tie between columns, under names of this student's own."""
    random = np.random.default_rng(world.random.randrange(2**31))
    import pandas

    names = [world.plain_name(name) for name in ("alpha", "beta", "gamma", "delta")]
    return pandas.DataFrame({name: random.normal(0, 1, rows) for name in names}), random


def asked(student, function, *arguments):
    """Features and their importances, in the order in which the dictionary holds them."""
    found = student.probe(function, *arguments)
    assert found is not None, f"{function} should return a dictionary, from each feature to its importance."
    return found


@todo("7.4", points=2)
def test_falls(student, world):
    """Each feature's fall is right, and the most important one comes first."""
    table, random = patients(world)
    strong, weak, *others = world.shuffled(list(table.columns))
    # In units of its own a feature of great weight may matter little.
    table[weak] /= 100.0
    weights = {strong: 1.0, weak: 50.0}
    total = table[strong] + 50.0 * table[weak]
    table[LABEL] = (total > 0).astype("int64")
    found = asked(student, "importances", student.probe("blend", weights, 0.0), table, LABEL)
    assert sorted(name for name, _ in found) == sorted([strong, weak, *others]), (
        f"There should be an importance for each of {[strong, weak, *others]}; there are {[name for name, _ in found]}."
    )
    falls = dict(found)
    expected = {name: fall_of(table, total, weights, name, random) for name in weights} | dict.fromkeys(
        others, 0.0
    )
    wrong = [
        f"{name}: about {fall:.3f} was expected, {falls[name]:.3f} came"
        for name, fall in expected.items()
        if abs(falls[name] - fall) > (CLOSE if fall else 1e-9)
    ]
    assert not wrong, (
        "The accuracy falls otherwise when one feature is shuffled, and all others are in their place:\n  "
        + "\n  ".join(wrong)
    )
    assert [name for name, _ in found[:2]] == [strong, weak], (
        f"The most important feature should come first: {strong}, then {weak}; the order is "
        f"{[name for name, _ in found]}."
    )


def fall_of(table, total, weights, name, random, repeats=200):
    """What the mean of many shuffles comes to."""
    rest = (total - weights[name] * table[name]).to_numpy()
    column = table[name].to_numpy()
    truth = table[LABEL].to_numpy()
    return 1.0 - float(
        np.mean(
            [
                np.mean((rest + weights[name] * random.permutation(column) > 0) == truth)
                for _ in range(repeats)
            ]
        )
    )


@todo("7.4", points=1)
def test_an_imperfect_model(student, world):
    """The fall is measured from the model's own accuracy, not from 1."""
    table, random = patients(world)
    column, *others = world.shuffled(list(table.columns))
    truth = (table[column] > 0).astype("int64")
    flipped = random.random(len(table)) < 0.3
    table[LABEL] = truth.where(~flipped, 1 - truth)
    falls = dict(asked(student, "importances", student.probe("planted", column, 0.0), table, LABEL))
    wrong = {name: falls.get(name) for name in others if abs(falls.get(name, 1.0)) > 1e-9}
    assert not wrong, (
        f"The model looks at {column} only, and is right for {1 - flipped.mean():.0%}. Shuffling the others changes "
        f"nothing, so their importance is 0; yours: {wrong}."
    )


@todo("7.4", points=1)
def test_repeats_and_seed(student, world):
    """The same seed gives the same answer, another seed another, and the table is untouched."""
    table, _ = patients(world)
    weights = dict(zip(table.columns, world.shuffled([1.0, 2.0, 3.0, 4.0]), strict=True))
    table[LABEL] = (sum(weight * table[name] for name, weight in weights.items()) > 0).astype("int64")
    told = student.probe("importances_twice", student.probe("blend", weights, 0.0), table, LABEL, 2)
    assert told["untouched"], "The table is not what it was before: shuffle a copy."
    assert told["first"] == told["second"], (
        f"Asked twice with seed=3, importances answered {told['first']} and {told['second']}."
    )
    assert told["first"] != told["other"], (
        f"With seed=3 and seed=4 importances answered the same, {told['first']}: is the seed used?"
    )


@todo("7.4", points=2)
def test_cohort(student, world):
    """In the cohort another feature decides, and values are shuffled among its members."""
    table, _ = patients(world, 400)
    one, other, gate, idle = world.shuffled(list(table.columns))
    limit = world.choice([0.2, 0.4])
    above = table[gate] > limit
    # The cohort's own values are far from all others': shuffled among its members they still decide; those of others
    # would all fall on one side.
    table[other] = table[other].where(above, table[other] - 20.0)
    table[LABEL] = np.where(above, table[other] > 0.5, table[one] > 0.0).astype("int64")
    model = student.probe("planted", one, 0.0, gate, limit, other, 0.5)
    found = asked(student, "importances_above", model, table, LABEL, gate, limit)
    falls = dict(found)
    share = float((table[other][above] > 0.5).mean())
    expected = 2 * share * (1 - share)
    assert sorted(falls) == sorted([one, other, gate, idle]), (
        f"There should be an importance for each of the four features; there are {sorted(falls)}."
    )
    assert found[0][0] == other and abs(falls[other] - expected) < CLOSE, (
        f"For those with {gate} above {limit}, {other} decides: its importance there should be about {expected:.3f} "
        f"and the greatest; it is {falls[other]:.3f}, and the order is {[name for name, _ in found]}."
    )
    assert abs(falls[one]) < 1e-9 and abs(falls[idle]) < 1e-9, (
        f"{one} and {idle} decide nothing for the cohort; their importances are {falls[one]:.3f} and {falls[idle]:.3f}."
    )


@todo("7.4", points=1)
@pytest.mark.parametrize("case", ["at the limit", "nobody"])
def test_edge_of_the_cohort(student, world, case):
    """Greater than the limit is meant, and an empty cohort is an error"""
    table, _ = patients(world, 60)
    column = world.choice(list(table.columns))
    table[LABEL] = (table[column] > 0).astype("int64")
    table["Age"] = world.choice([40, 50])
    limit = float(table["Age"].iloc[0]) if case == "at the limit" else 90.0
    failure = student.failure_of(
        "importances_above", student.probe("planted", column, 0.0), table, LABEL, "Age", limit
    )
    assert failure is not None and failure.type == "ValueError", (
        f"Everybody's Age is {table['Age'].iloc[0]}, so nobody is above {limit:g}: ValueError was expected; "
        f"{f'{failure.type} came' if failure else 'an answer came'}."
    )

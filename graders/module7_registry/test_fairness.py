"""7.5: whom a model fails."""

import pandas
import pytest

from course_runtime.grading import todo

GROUPS = ("older", "younger")


def group(ages, ill, selected_ill, well, selected_well):
    """Patients of these ages: so many ill ones, of whom some are found, and well ones, of whom some are selected."""
    rows = [(1, number < selected_ill) for number in range(ill)]
    rows += [(0, number < selected_well) for number in range(well)]
    return [(ages[number % len(ages)], label, int(yes)) for number, (label, yes) in enumerate(rows)]


def table_of(world, rows):
    table = pandas.DataFrame(world.shuffled(rows), columns=["Age", "Diabetic", "Predicted"])
    table.insert(0, "PatientID", range(1_000_001, 1_000_001 + len(table)))
    return table


def differences(found, expected):
    """One line for each value that is not the right one."""
    lines = []
    for key, want in expected.items():
        got = found.get(key, "(no such key)") if isinstance(found, dict) else "(no dictionary)"
        if isinstance(want, dict):
            lines += [f"{key}, {line}" for line in differences(got, want)]
        elif (want is None) != (got is None) or (want is not None and got != pytest.approx(want)):
            lines.append(f"{key}: expected {want}, got {got}")
    return lines


def check(student, table, expected):
    wrong = differences(student.call("fairness", table), expected)
    assert not wrong, "For a table of " + f"{len(table)} patients:\n  " + "\n  ".join(wrong)


@todo("7.5", points=2)
def test_rates(student, world):
    """Patients, selection rate and recall of both groups."""
    found_older, found_younger = world.choice([(3, 17), (5, 14)])
    rows = group([51, 63, 77], 10, found_older, 6, 1) + group([21, 34, 50], 20, found_younger, 28, 7)
    expected = {
        "older": {"patients": 16, "selection_rate": (found_older + 1) / 16, "recall": found_older / 10},
        "younger": {"patients": 48, "selection_rate": (found_younger + 7) / 48, "recall": found_younger / 20},
    }
    check(student, table_of(world, rows), expected)


@todo("7.5", points=1)
@pytest.mark.parametrize("favoured", GROUPS)
def test_gaps(student, world, favoured):
    """The gaps are distances, whoever is favoured"""
    many, few = group([60], 10, 9, 10, 4), group([60], 10, 2, 10, 1)
    older, younger = (many, few) if favoured == "older" else (few, many)
    rows = older + [(30, label, yes) for _, label, yes in younger]
    check(student, table_of(world, rows), {"selection_gap": 0.5, "recall_gap": 0.7})


@todo("7.5", points=1)
def test_the_limit(student, world):
    """Who is 50 is not above 50."""
    rows = group([50], 4, 4, 0, 0) + group([51], 5, 1, 5, 0)
    expected = {"older": {"patients": 10, "recall": 0.2}, "younger": {"patients": 4, "recall": 1.0}}
    check(student, table_of(world, rows), expected)


@todo("7.5", points=1)
@pytest.mark.parametrize("case", ["nobody ill", "nobody old"])
def test_what_cannot_be_said(student, world, case):
    """What cannot be said is None"""
    rows = group([30, 40], 5, 3, 5, 1)
    if case == "nobody ill":
        rows += group([60], 0, 0, 8, 2)
        expected = {
            "older": {"patients": 8, "selection_rate": 0.25, "recall": None},
            "selection_gap": 0.15,
            "recall_gap": None,
        }
    else:
        expected = {
            "older": {"patients": 0, "selection_rate": None, "recall": None},
            "younger": {"patients": 10, "selection_rate": 0.4, "recall": 0.6},
            "selection_gap": None,
            "recall_gap": None,
        }
    check(student, table_of(world, rows), expected)

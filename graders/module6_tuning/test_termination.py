"""6.3: early termination, with traces whose answer is known."""

from statistics import fmean, median

import pytest

from course_runtime.grading import listed, todo

AGREED = {
    "careful": {"class": "MedianStoppingPolicy", "delay_evaluation": 5, "evaluation_interval": 1},
    "firm": {
        "class": "BanditPolicy",
        "delay_evaluation": 4,
        "evaluation_interval": 2,
        "slack_factor": 0.1,
        "slack_amount": 0,
    },
    "hard": {"class": "TruncationSelectionPolicy", "evaluation_interval": 3, "truncation_percentage": 30},
}


def traces_of(world, trials, reports):
    """Rising and falling, so that a trial's best is seldom its last; multiples of 1/1024, all different."""
    values = iter(world.random.sample(range(100, 1000), trials * reports))
    return {world.name("trial"): [next(values) / 1024 for _ in range(reports)] for _ in range(trials)}


@todo("6.3", points=1)
@pytest.mark.parametrize("name", list(AGREED))
def test_agreed(student, name):
    """The policy is the one that was agreed on"""
    expected, found = AGREED[name], student.probe("make_policy", name)
    wrong = [
        f"{one}: expected {value}, got {found.get(one)}"
        for one, value in expected.items()
        if found.get(one) != value
    ]
    assert not wrong, f"The policy '{name}':\n{listed(wrong)}"
    assert (found.get("delay_evaluation") or 0) <= 3 or name != "hard", (
        f"The policy 'hard' looks from its first chance on, the 3rd report; yours waits for "
        f"report {found['delay_evaluation']}."
    )


@todo("6.3", points=1)
def test_due(student):
    """It looks at each multiple of the interval that is not before the delay."""
    wrong = []
    for interval, delay in ((1, 0), (1, 5), (3, 0), (0, 2), (2, 5), (3, 6), (5, 4)):
        numbers = {"evaluation_interval": interval, "delay_evaluation": delay}
        policy = student.probe("policy", "median", numbers)
        expected = [report for report in range(1, 16) if report >= delay and report % (interval or 1) == 0]
        found = student.probe("asking_is_due", policy, list(range(1, 16)))
        if found != expected:
            wrong.append(f"interval {interval}, delay {delay}: expected {expected}, got {found}")
    assert not wrong, f"The reports, of 15, after which the policy looks:\n{listed(wrong, 3)}"


def check_ends(student, function, policy, traces, maximize, expected, how):
    found = student.probe("asking_whom_it_ends", function, policy, traces, maximize)
    shown = "\n".join(
        f"  {name}: {', '.join(f'{value:g}' for value in trace)}" for name, trace in traces.items()
    )
    goal = "more is better" if maximize else "less is better"
    assert found == sorted(expected), (
        f"{how}, {goal}, with these traces:\n{shown}\n{function} should end {sorted(expected) or 'none'}; "
        f"it ends {found or 'none'}."
    )


@todo("6.3", points=1)
@pytest.mark.parametrize("maximize", [True, False], ids=["maximize", "minimize"])
def test_bandit(student, world, maximize):
    """Bandit ends who is outside the slack"""
    for slack in ({"slack_factor": 0.25}, {"slack_amount": 0.25}):
        policy = student.probe("policy", "bandit", slack)
        name, number = next(iter(slack.items()))
        for traces in [at_the_limit(name, maximize)] + [traces_of(world, 6, 4) for _ in range(2)]:
            best = {one: max(trace) if maximize else min(trace) for one, trace in traces.items()}
            leader = max(best.values()) if maximize else min(best.values())
            limit = limit_of(leader, name, number, maximize)
            expected = [one for one, value in best.items() if (value < limit if maximize else value > limit)]
            how = f"A {name} of {number}, so a limit of {limit:g}"
            check_ends(student, "bandit_ends", policy, traces, maximize, expected, how)


def limit_of(leader, name, number, maximize):
    if name == "slack_amount":
        return leader - number if maximize else leader + number
    return leader / (1 + number) if maximize else leader * (1 + number)


def at_the_limit(name, maximize):
    """One trial exactly at the limit, in numbers that a float holds exactly."""
    leader, limit = {
        ("slack_factor", True): (0.625, 0.5),
        ("slack_factor", False): (0.5, 0.625),
        ("slack_amount", True): (0.75, 0.5),
        ("slack_amount", False): (0.5, 0.75),
    }[name, maximize]
    step = -1 / 1024 if maximize else 1 / 1024
    return {"leader": [leader], "at-the-limit": [limit], "beyond": [limit + step]}


@todo("6.3", points=1)
@pytest.mark.parametrize("maximize", [True, False], ids=["maximize", "minimize"])
def test_median(student, world, maximize):
    """Median stopping compares the best so far with the median of the averages"""
    for trials in (5, 6, 7):
        traces = traces_of(world, trials, 4)
        flat = [world.random.randrange(300, 700) / 1024] * 4
        traces = {name: flat if number % 2 else trace for number, (name, trace) in enumerate(traces.items())}
        middle = median(fmean(trace) for trace in traces.values())
        best = {name: max(trace) if maximize else min(trace) for name, trace in traces.items()}
        expected = [name for name, value in best.items() if (value < middle if maximize else value > middle)]
        how = f"Median stopping, with {middle:g} in the middle of the averages"
        check_ends(student, "median_ends", None, traces, maximize, expected, how)
    low_field = {
        "risen": [0.125, 0.5],
        "steady": [0.375, 0.375],
        "fallen": [0.5, 0.125],
        "poor": [0.25, 0.25],
    }
    high_field = {name: [1 - value for value in trace] for name, trace in low_field.items()}
    field = low_field if maximize else high_field
    check_ends(student, "median_ends", None, field, maximize, ["poor"], "Median stopping")


@todo("6.3", points=1)
@pytest.mark.parametrize("maximize", [True, False], ids=["maximize", "minimize"])
def test_truncation(student, world, maximize):
    """Truncation ends the lowest share, by the last report"""
    for trials, percentage in ((10, 20), (7, 40), (4, 20), (9, 33)):
        policy = student.probe("policy", "truncation", {"truncation_percentage": percentage})
        traces = traces_of(world, trials, 3)
        order = sorted(traces, key=lambda name: traces[name][-1], reverse=not maximize)
        expected = order[: trials * percentage // 100]
        how = f"The worst {percentage} percent of {trials} trials, which are {len(expected)}"
        check_ends(student, "truncation_ends", policy, traces, maximize, expected, how)


@todo("6.3", points=2)
def test_replay(student):
    """Replayed, the right trials end at the right reports."""
    traces = {
        "slow": [0.125, 0.25, 0.375, 0.5, 0.75, 0.875],
        "steady": [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        "good": [0.5, 0.625, 0.625, 0.75, 0.75, 0.75],
        "poor": [0.25, 0.25, 0.25, 0.25, 0.25, 0.25],
        "done": [0.375, 0.625],
    }
    cases = [
        ("bandit", {"slack_amount": 0.25}, {"slow": 1, "poor": 2}),
        ("bandit", {"slack_amount": 0.25, "delay_evaluation": 4}, {"poor": 4, "steady": 6}),
        ("bandit", {"slack_factor": 0.5, "evaluation_interval": 3}, {"slow": 3, "poor": 3}),
        ("median", {"delay_evaluation": 2}, {"poor": 2, "slow": 2, "steady": 3}),
        ("median", {"evaluation_interval": 4}, {"poor": 4}),
        ("truncation", {"truncation_percentage": 40, "evaluation_interval": 2}, {"slow": 2, "poor": 2}),
        ("truncation", {"truncation_percentage": 25, "delay_evaluation": 3}, {"poor": 3}),
    ]
    wrong = []
    for kind, numbers, expected in cases:
        found = student.probe("replaying_a_sweep", student.probe("policy", kind, numbers), traces, True)
        if found != expected:
            said = ", ".join(f"{name} {value}" for name, value in numbers.items())
            wrong.append(f"{kind} with {said}: expected {expected}, got {found}")
    assert not wrong, f"With the traces {traces}, which trials end after which report:\n{listed(wrong, 3)}"

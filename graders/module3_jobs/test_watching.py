"""3.6: a job is watched without a widget."""

import pytest

from course_runtime.grading import todo

WAYS = ["NotStarted", "Starting", "Preparing", "Queued", "Running", "Finalizing"]


def check_shape(told):
    assert not told["misshapen"], (
        f"follow should yield the job's statuses, such as 'Running'; {told['misshapen']}."
    )


def played(student, world, statuses, every=10.0, at_most=3600.0, look=0.0):
    name = world.name("job")
    told = student.probe("follow", name, statuses, every, at_most, look)
    check_shape(told)
    assert told["asked_for"] in ([name], []), (
        f"follow should look at the job '{name}'; it looked at {told['asked_for']}."
    )
    return name, told


def way(world, steps):
    """So many statuses on the way, in their order, each seen once to three times."""
    numbers = sorted(world.random.sample(range(len(WAYS)), steps))
    shown = [WAYS[number] for number in numbers]
    return shown, [status for status in shown for _ in range(world.choice([1, 2, 3]))]


@todo("3.6", points=0.5)
@pytest.mark.parametrize("case", ["straight on", "back in the queue"])
def test_each_once(student, world, case):
    """Each status is told when it is another one, in order, the final one too"""
    shown, looks = way(world, 4)
    if case == "back in the queue":
        shown, looks = [*shown, *shown[-2:]], [*looks, *shown[-2:]]
    _, told = played(student, world, [*looks, "Completed"])
    assert not told["error"], f"The job Completed, but follow raised {told['error']}: {told['words']}"
    assert told["statuses"] == [*shown, "Completed"], (
        f"Look by look the job was {', '.join([*looks, 'Completed'])}. follow should tell "
        f"{[*shown, 'Completed']}; it told {told['statuses']}."
    )


@todo("3.6", points=1)
def test_at_once(student, world):
    """A status is told when it is seen, not when the job is over."""
    _, told = played(student, world, ["Queued", "Queued", "Running", "Running", "Completed"])
    assert told["statuses"] == ["Queued", "Running", "Completed"] and told["seen_at"] == [1, 3, 5], (
        "Look by look the job was Queued, Queued, Running, Running, Completed, so the three statuses are news at the "
        f"looks 1, 3 and 5. follow told {told['statuses']} at the looks {told['seen_at']}: yield each as it comes."
    )


@todo("3.6", points=1)
@pytest.mark.parametrize("end", ["Failed", "Canceled", "NotResponding"])
def test_failed(student, world, end):
    """Another end than Completed is told, and raised"""
    shown, looks = way(world, 3)
    name, told = played(student, world, [*looks, end])
    assert told["statuses"] == [*shown, end], (
        f"The job was {', '.join(shown)} and then {end}; follow told {told['statuses']}"
        + (f" and raised {told['error']}: {told['words']}" if told["error"] else ".")
    )
    assert told["error"] == "JobFailed", (
        f"The job ended as {end}, so follow should raise JobFailed; it raised {told['error'] or 'nothing'}."
    )
    assert name in told["words"] and end in told["words"], (
        f"JobFailed should name the job {name} and its status {end}; it says {told['words']!r}."
    )


@todo("3.6", points=0.5)
@pytest.mark.parametrize("case", ["quick looks", "slow looks"])
def test_too_late(student, world, case):
    """A job that never ends is given up in time, however long a look takes"""
    every, at_most = world.choice([(10.0, 300.0), (60.0, 7200.0), (2.0, 90.0)])
    look = every if case == "slow looks" else 0.0
    name, told = played(student, world, ["Queued", "Running"], every, at_most, look)
    assert told["error"] == "TimeoutError", (
        f"The job is Running for ever, and at_most is {at_most:g} seconds: follow should raise TimeoutError; it raised "
        f"{told['error'] or 'nothing'}{': ' if told['error'] else ''}{told['words']}. Is the time that of `clock`?"
    )
    assert name in told["words"] and "Running" in told["words"], (
        f"TimeoutError should name the job {name} and its status Running; it says {told['words']!r}."
    )
    passed = told["passed"]
    assert at_most - every - look <= passed <= at_most + every + look, (
        f"A wait is {every:g} seconds long and a look {look:g}. By `clock`, follow should give up after "
        f"{at_most:g}; it did after {passed:g}."
    )


@todo("3.6", points=1)
def test_patient(student, world):
    """It waits between two looks, as long as it was told, and not after the end."""
    every = world.choice([3.0, 7.0, 30.0])
    _, told = played(student, world, ["Queued", "Running", "Running", "Completed"], every)
    assert told["waits"] == [every] * 3, (
        f"The job was over at the fourth look, so follow should wait three times, {every:g} seconds each; its "
        f"waits were {told['waits']}."
    )


@todo("3.6", points=1)
def test_real_job(student, azure, client, workspace, cluster, world):
    """A real job is watched to its end."""
    name = world.name("job")
    job = {
        "jobType": "Command",
        "command": "exit 3",
        "environmentId": "azureml:AzureML-sklearn-1.5:20",
        "computeId": f"{workspace.id}/computes/{cluster}",
        "experimentName": "watching",
    }
    azure.put(f"{workspace.id}/jobs/{name}", {"properties": job})
    told = student.probe("follow_job", client, name, 0.1, 60.0, seconds=90.0)
    check_shape(told)
    in_order = [status for status in [*WAYS, "Failed"] if status in told["statuses"]]
    assert sorted(told["statuses"]) == sorted(in_order), (
        f"Each status should be told once; follow told {told['statuses']}."
    )
    assert told["statuses"][-1:] == ["Failed"] and told["error"] == "JobFailed", (
        f"The job's command ends with code 3, so the job fails. follow told {told['statuses']} and raised "
        f"{told['error'] or 'nothing'}: {told['words']}"
    )

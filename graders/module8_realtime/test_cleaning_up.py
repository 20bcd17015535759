"""8.6: nothing costs money any more, and nothing is lost."""

import pytest

from course_runtime.grading import listed, todo

SECONDS = 60.0
SCRIPT = "def init(): pass\ndef run(raw_data): return raw_data\n"


def cluster(least):
    scale = {"minNodeCount": least, "maxNodeCount": 4}
    inner = {"vmSize": "STANDARD_DS3_V2", "scaleSettings": scale}
    return {"location": "eastus", "properties": {"computeType": "AmlCompute", "properties": inner}}


INSTANCE = {
    "location": "eastus",
    "properties": {"computeType": "ComputeInstance", "properties": {"vmSize": "STANDARD_DS3_V2"}},
}


@pytest.fixture
def workplace(azure, world, place):
    """The compute of a workspace at the end of the day, by what it is."""
    made = {
        "ready": (f"{place.id}/computes/{world.name('ready')}", cluster(2)),
        "idle": (f"{place.id}/computes/{world.name('idle')}", cluster(0)),
        "instance": (f"{place.id}/computes/{world.name('ci')}", INSTANCE),
        "stopped": (f"{place.id}/computes/{world.name('ci')}", INSTANCE),
    }
    for where, body in made.values():
        azure.put(where, body)
    azure.advance(600)
    azure.act(made["stopped"][0], "stop")
    azure.advance(600)
    return {what: where for what, (where, _) in made.items()}


@todo("8.6", points=3)
def test_nothing_costs(student, azure, world, client, workplace, deploy):
    """Afterwards nothing costs money by the hour."""
    endpoint, code = world.name("ep"), world.name("code")
    student.write(f"{code}/score.py", SCRIPT)
    student.probe("add_endpoint", client, endpoint)
    deploy(endpoint, "blue", code)
    student.probe("give_all_traffic", client, endpoint, "blue")
    if len([one for one in azure.costs()["resources"] if one["rate"]]) < 3:
        raise RuntimeError(f"The grader's own workspace costs too little: {azure.costs()}")
    student.call("clean_up", client, seconds=SECONDS)
    azure.advance(3600)
    costing = [
        f"{one['id'].rsplit('/', 2)[-2]}/{one['id'].rsplit('/', 1)[-1]}: {one['what']}, ${one['rate']:g} an hour"
        for one in azure.costs()["resources"]
        if one["rate"]
    ]
    assert not costing, f"After clean_up these still cost money:\n{listed(costing)}"


@todo("8.6", points=3)
def test_nothing_is_lost(student, azure, place, client, model, workplace):
    """Models, clusters and instances are still there; run twice, it has nothing more to do."""
    student.call("clean_up", client, seconds=SECONDS)
    azure.advance(600)
    _, name, version = model.split(":")
    lost = [what for what, where in workplace.items() if azure.get(where) is None]
    assert not lost, f"Clusters and instances should stay; these are gone: {', '.join(lost)}."
    assert azure.get(f"{place.id}/models/{name}/versions/{version}"), f"The model {name}:{version} is gone."
    most = azure.get(workplace["ready"])["properties"]["properties"]["scaleSettings"]["maxNodeCount"]
    assert most == 4, f"A cluster may still grow to 4 nodes tomorrow; its largest size is now {most}."
    student.call("clean_up", client, seconds=SECONDS)

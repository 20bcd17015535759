"""Clusters that grow, shrink and are left alone."""

import re

import pytest

from course_runtime.grading import todo

SIZES = ("Standard_DS2_v2", "Standard_DS3_v2", "Standard_D2s_v3", "Standard_F4s_v2")


def scale_of(found):
    kind = found["computeType"]
    assert kind == "AmlCompute", f"It should be a cluster (AmlCompute); it is of the kind {kind}."
    return found["properties"]["scaleSettings"]


def seconds_of(duration):
    """`PT600S` or `PT10M` as seconds, for what people write as a node's idle time."""
    match = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", str(duration))
    hours, minutes, seconds = match.groups() if match else (0, 0, 0)
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)


def add_cluster(azure, workspace, name, **changes):
    """A cluster that somebody else made."""
    inner = {
        "vmSize": "Standard_DS3_v2",
        "vmPriority": "Dedicated",
        "scaleSettings": {"minNodeCount": 1, "maxNodeCount": 3, "nodeIdleTimeBeforeScaleDown": "PT1800S"},
    }
    body = {
        "location": workspace.location,
        "tags": {"team": "research"},
        "properties": {"computeType": "AmlCompute", "properties": inner | changes},
    }
    azure.put(f"{workspace.id}/computes/{name}", body)


@todo("1.1", points=1)
def test_made(student, world, client, compute, compute_name):
    """The cluster is made, of dedicated nodes of the size."""
    size = world.choice(SIZES)
    student.call("make_cluster", client(), compute_name, size)
    found = compute(compute_name)
    assert found["computeType"] == "AmlCompute", (
        f"A cluster is a compute target of the kind AmlCompute; '{compute_name}' is of the kind {found['computeType']}."
    )
    inner = found["properties"]
    assert inner["vmSize"].lower() == size.lower(), (
        f"The nodes should be of the size {size}; they are of the size {inner['vmSize']}."
    )
    assert inner["vmPriority"] == "Dedicated", (
        f"The nodes should be dedicated: nobody takes them away. The tier is {inner['vmPriority']}."
    )


@todo("1.1", points=1)
@pytest.mark.parametrize(
    ("field", "expected"), [("minNodeCount", 0), ("maxNodeCount", 2)], ids=["least", "most"]
)
def test_node_counts(student, world, client, compute, compute_name, field, expected):
    """The cluster has 0 to 2 nodes"""
    student.call("make_cluster", client(), compute_name, world.choice(SIZES))
    found = scale_of(compute(compute_name))[field]
    what = "shrink to" if expected == 0 else "grow to"
    cost = " With a minimum above 0 you pay at night too." if expected == 0 and found else ""
    assert found == expected, (
        f"The cluster should {what} {expected} nodes; it is set to {what} {found}.{cost}"
    )


@todo("1.1", points=1)
def test_idle_time(student, world, client, compute, compute_name):
    """A node goes after it was idle for ten minutes."""
    student.call("make_cluster", client(), compute_name, world.choice(SIZES))
    found = scale_of(compute(compute_name))["nodeIdleTimeBeforeScaleDown"]
    assert seconds_of(found) == 600, (
        f"A node should go after ten idle minutes, that is 600 seconds; it goes after {seconds_of(found):g} seconds. "
        "The SDK counts idle_time_before_scale_down in seconds, and takes 120 when nothing is said."
    )


@todo("1.1", points=1)
def test_left_alone(student, azure, workspace, client, compute, compute_name):
    """A cluster that is there is returned as it is."""
    add_cluster(azure, workspace, compute_name)
    mark = azure.mark()
    made = student.call("make_cluster", client(), compute_name, "Standard_DS3_v2")
    changed = [*azure.requests("P[UA]T*", since=mark), *azure.requests("DELETE", since=mark)]
    assert not changed, (
        f"The cluster '{compute_name}' was there already, with 1 to 3 nodes, so nothing should be sent to change it; "
        f"you sent: {', '.join(f'{one.method} {one.path}' for one in changed)}. Get it first, and make it only when "
        "it is not found."
    )
    assert hasattr(made, "repr") and student.attribute(made, "name") == compute_name, (
        f"make_cluster() should return the cluster that is there; it returned {made!r}."
    )


@todo("1.1", points=1)
def test_may_grow(student, azure, world, workspace, client, compute, compute_name):
    """The cluster may grow to the new size."""
    add_cluster(azure, workspace, compute_name)
    most = world.choice([4, 5, 6])
    student.call("let_grow", client(), compute_name, most)
    found = scale_of(compute(compute_name))["maxNodeCount"]
    assert found == most, (
        f"After let_grow() the cluster may grow to {most} nodes; it is set to grow to {found}."
    )


@todo("1.1", points=1)
def test_rest_stays(student, azure, world, workspace, client, compute, compute_name):
    """Minimum, idle time, size and tags stay what they were."""
    add_cluster(azure, workspace, compute_name)
    student.call("let_grow", client(), compute_name, world.choice([4, 5, 6]))
    scale = scale_of(compute(compute_name))
    tags = azure.get(f"{workspace.id}/computes/{compute_name}").get("tags")
    facts = {
        "its smallest number of nodes": (scale["minNodeCount"], 1),
        "its idle time in seconds": (seconds_of(scale["nodeIdleTimeBeforeScaleDown"]), 1800),
        "its size": (compute(compute_name)["properties"]["vmSize"], "Standard_DS3_v2"),
        "its tags": (tags, {"team": "research"}),
    }
    wrong = [
        f"{what}: it was {before!r}, it is {now!r}" for what, (now, before) in facts.items() if now != before
    ]
    assert not wrong, (
        "Somebody else made this cluster, and only its largest number of nodes should change. Changed too:\n  "
        + "\n  ".join(wrong)
        + "\nGet the cluster, set max_instances on what you got, and send that back."
    )

"""Where every test of this module begins: a workspace of its own, and the student's client for it."""

from collections import namedtuple

import pytest

Workspace = namedtuple("Workspace", "id name group location")


@pytest.fixture
def workspace(azure, world):
    name, location = world.name("ws"), world.region()
    return Workspace(azure.add_workspace(world.group, name, location), name, world.group, location)


@pytest.fixture
def client(student, workspace):
    """Asked for anew after the clock was moved: a token lasts an hour."""
    return lambda: student.probe("client", workspace.group, workspace.name)


@pytest.fixture
def compute(azure, workspace):
    """A compute target as Resource Manager shows it: its properties, and inside them its own kind's."""

    def look(name):
        found = azure.get(f"{workspace.id}/computes/{name}")
        assert found is not None, (
            f"There should be a compute target '{name}' in the workspace '{workspace.name}' now; there is none."
        )
        return found["properties"]

    return look


@pytest.fixture
def compute_name(world):
    """A name that the SDK takes for a cluster, an instance and an attached machine alike."""
    return world.plain_name("cpu")

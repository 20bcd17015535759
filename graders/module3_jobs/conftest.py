"""Where every test of this module begins: a workspace of its own, and the student's client for it."""

from collections import namedtuple

import pytest

Workspace = namedtuple("Workspace", "id name group")


@pytest.fixture
def workspace(azure, world):
    name = world.name("ws")
    return Workspace(azure.add_workspace(world.group, name, world.region()), name, world.group)


@pytest.fixture
def client(student, workspace):
    return student.probe("client", workspace.group, workspace.name)


@pytest.fixture
def runs(azure, workspace):
    """What is tracked in the workspace."""
    return azure.runs(workspace.id)


@pytest.fixture
def cluster(azure, world, workspace):
    """The name of a cluster that jobs run on."""
    return azure.add_cluster(workspace.id, world.name("cpu"), nodes=2)


@pytest.fixture
def experiment(student, workspace, world):
    """The name of a new experiment, which the student's MLflow is led to."""
    name = world.name("exp")
    student.probe("track_in", workspace.group, workspace.name, name)
    return name

"""What the tests of this module share: a workspace, its runs, and a worker in which TensorFlow has not run."""

from collections import namedtuple

import pytest

Workspace = namedtuple("Workspace", "id name group")


@pytest.fixture
def workspace(azure, world):
    name = world.name("ws")
    return Workspace(azure.add_workspace(world.group, name), name, world.group)


@pytest.fixture
def runs(azure, workspace):
    """What is tracked in the workspace."""
    return azure.runs(workspace.id)


@pytest.fixture
def fresh(student):
    """A worker in which TensorFlow has not run yet: a script is a fork of it."""
    student.close()
    return student

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
    return azure.add_cluster(workspace.id, world.name("cpu"))


@pytest.fixture
def store(azure, workspace):
    """The blobs of the workspace's own datastore: storage and container."""
    kept = azure.get(f"{workspace.id}/datastores/workspaceblobstore")["properties"]
    return azure.storage(kept["accountName"]), kept["containerName"]


@pytest.fixture
def add_model(azure, workspace):
    """Registers a version as if somebody had done so before."""

    def add(name, version, *, tags=None, properties=None, archived=False):
        kept = {
            "modelUri": f"azureml:/{workspace.id}/datastores/workspaceblobstore/paths/models/{name}/{version}",
            "modelType": "custom_model",
            "tags": tags or {},
            "properties": properties or {},
            "isArchived": archived,
        }
        azure.put(f"{workspace.id}/models/{name}/versions/{version}", {"properties": kept})

    return add


@pytest.fixture
def versions(azure, workspace):
    """Every version of a model, by its number; none when there is no such model."""

    def look(name):
        models = {one["name"] for one in azure.list(f"{workspace.id}/models")}
        if name not in models:
            return {}
        every = azure.list(f"{workspace.id}/models/{name}/versions")
        return {one["name"]: one["properties"] for one in every}

    return look

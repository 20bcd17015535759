"""Where the tests of this module begin: a workspace with a cluster, and a script whose results the grader knows."""

from dataclasses import dataclass

import pytest

ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"


@dataclass(frozen=True)
class Place:
    id: str
    group: str
    name: str
    cluster: str
    environment: str = ENVIRONMENT


@pytest.fixture
def place(azure, world):
    name = world.name("ws")
    workspace = azure.add_workspace(world.group, name)
    cluster = azure.add_cluster(workspace, world.name("cpu"), nodes=4)
    return Place(workspace, world.group, name, cluster)


@pytest.fixture
def client(student, place):
    return student.probe("client", place.group, place.name)


@pytest.fixture
def put_script(student, world):
    """Writes a training script into a folder of its own; the folder."""

    def put(text):
        folder = world.name("code")
        student.write(f"{folder}/train.py", text)
        return folder

    return put


@pytest.fixture
def submitted(azure, place):
    """A sweep as Azure keeps it, and canceled: only what was asked for is looked at."""

    def look(name):
        job = f"{place.id}/jobs/{name}"
        found = azure.get(job)["properties"]
        azure.act(job, "cancel")
        return found

    return look


@pytest.fixture
def trials(azure, place):
    """The runs of a sweep's trials, once the sweep has ended."""

    def wait(sweep, experiment):
        runs = azure.runs(place.id)
        status = runs.ended(sweep)
        found = [run for run in runs.of_experiment(experiment) if run.parent == sweep]
        ill = next((run for run in found if run.status == "FAILED"), None)
        log = f" The log of the trial {ill.id} ends with:\n{runs.log(ill.id)}" if ill else ""
        assert status == "Completed", f"The sweep is {status}.{log}"
        assert ill is None, f"The sweep is completed, but trials failed.{log}"
        return found

    return wait

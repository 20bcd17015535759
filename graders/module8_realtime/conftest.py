"""Where the tests of this module begin: a workspace, a registered model, and scripts to deploy."""

import io
from dataclasses import dataclass

import numpy as np
import pytest

ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"
COLUMNS = 8
SECONDS_TO_DEPLOY = 60.0
NAMES = ("not-diabetic", "diabetic")


@dataclass(frozen=True)
class Place:
    id: str
    group: str
    name: str
    environment: str = ENVIRONMENT


@dataclass(frozen=True)
class Weights:
    """A model of this student's own, and what it answers."""

    weights: np.ndarray
    bias: float

    @property
    def file(self):
        content = io.BytesIO()
        np.savez(content, weights=self.weights, bias=np.array(self.bias))
        return content.getvalue()

    def predictions(self, rows):
        sums = np.asarray(rows, dtype=float) @ self.weights + self.bias
        return [NAMES[int(one > 0)] for one in sums]

    def rows(self, world, count):
        """As many as asked for, 3 at least: both answers are among them, and one that is so only by the bias."""
        while True:
            found = [[round(world.random.gauss(0, 2), 3) for _ in range(COLUMNS)] for _ in range(count)]
            sums = np.asarray(found) @ self.weights + self.bias
            close = np.abs(sums).min() < 0.01
            if not close and sums.min() < 0 and any(0 < one < self.bias for one in sums):
                return found


@pytest.fixture
def place(azure, world):
    name = world.name("ws")
    return Place(azure.add_workspace(world.group, name), world.group, name)


@pytest.fixture
def client(student, place):
    return student.probe("client", place.group, place.name)


@pytest.fixture
def weights(world):
    values = np.array([round(world.random.uniform(-1, 1), 4) for _ in range(COLUMNS)])
    return Weights(values, round(world.random.uniform(0.5, 1), 4))


@pytest.fixture
def model(student, world, client, weights):
    """The model, registered: its id for a deployment."""
    name, folder = world.name("model"), f"{world.name('models')}/diabetes"
    student.write(f"{folder}/weights.npz", weights.file)
    return student.probe("register", client, name, folder)


@pytest.fixture
def deploy(student, client, place):
    """The grader's own deployment of a folder with a score.py, ready when it returns."""

    def deploy(endpoint, name, code, model=None):
        arguments = (client, endpoint, name, code, place.environment, model)
        problem = student.probe("deploy", *arguments, seconds=SECONDS_TO_DEPLOY)
        if problem:
            raise RuntimeError(f"The grader's own deployment '{name}' is not ready: {problem}")

    return deploy

"""Where the tests of this module begin: a workspace, a registered model, and scripts to deploy."""

import io
from dataclasses import dataclass

import numpy as np
import pytest

ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"
COLUMNS = 8
TENSORFLOW = "azureml:AzureML-tensorflow-2.16-cuda11:10"
SECONDS_TO_DEPLOY = 60.0
SECONDS_TO_SERVE_TILES = 120.0  # the first one waits for a process that has imported TensorFlow
NAMES = ("not-diabetic", "diabetic")
# Calls the student's script, which lies deeper; once init() is done there are no files any more.
TAKES_FILES_AWAY = """
import importlib.util, os, shutil, tempfile
from pathlib import Path

def init():
    global script
    folder, models = Path(tempfile.mkdtemp()), Path(os.environ["AZUREML_MODEL_DIR"])
    os.environ["AZUREML_MODEL_DIR"] = str(shutil.copytree(models, folder / models.name))
    weights = folder / "weights.h5"
    weights.symlink_to(os.environ["WORKSHOP_WEIGHTS"])
    os.environ["WORKSHOP_WEIGHTS"] = str(weights)
    place = Path(__file__).parent / "student" / "aerial_score.py"
    spec = importlib.util.spec_from_file_location("student_aerial_score", place)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.init()
    shutil.rmtree(folder)

def run(raw_data):
    return script.run(raw_data)
"""


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


@dataclass(frozen=True)
class Tiles:
    """The student's service of aerial tiles: where it is, or why it is not ready; and what it was given."""

    place: Place
    name: str
    classifier: object
    problem: str


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


@pytest.fixture(scope="module")
def begun():
    """The service of this check, once there is one: it takes seconds to start."""
    return []


@pytest.fixture
def tiles_service(begun, student, azure, world):
    if not begun:
        begun.append(serve_tiles(student, azure, world))
    assert not begun[0].problem, (
        f"Deployed with your aerial_score.py, the server did not become ready:\n{begun[0].problem}"
    )
    return begun[0]


def serve_tiles(student, azure, world):
    place = Place(azure.add_workspace(world.group, name := world.name("ws")), world.group, name, TENSORFLOW)
    client, endpoint = student.probe("client", place.group, place.name), world.name("ep")
    classifier, folder = world.classifier(), f"{world.name('models')}/aerial"
    for file, content in classifier.files.items():
        student.write(f"{folder}/{file}", content)
    version = str(world.random.randrange(2, 100))  # whoever knows it by heart knows another one
    model = student.probe("register", client, world.name("aerial"), folder, version)
    folder = world.name("code")
    code = student.probe("folder_with_script_inside", folder, "aerial_score.py", "student")
    student.write(f"{folder}/aerial_score.py", TAKES_FILES_AWAY)
    arguments = (client, endpoint, model, code, place.environment)
    problem = student.probe("serve_tiles", *arguments, seconds=SECONDS_TO_SERVE_TILES)
    return Tiles(place, endpoint, classifier, problem)

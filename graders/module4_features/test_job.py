"""4.4: the script as a job."""

import json

import pytest

from course_runtime.grading import listed, todo

ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"
# Stands in for the real one: it tells what it was given, in a second.
SCRIPT = """
import argparse, json, pathlib
parser = argparse.ArgumentParser()
parser.add_argument("--batch_size", type=int, default=64)
parser.add_argument("--input_data_dir", default="aerialsmall")
parser.add_argument("--output_data_dir", default="bottleneck")
options = parser.parse_args()
folder, output = pathlib.Path(options.input_data_dir), pathlib.Path(options.output_data_dir)
found = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.png")}
output.mkdir(parents=True, exist_ok=True)
(output / "told.json").write_text(json.dumps({"batch_size": options.batch_size, "tiles": found}))
"""


class Place:
    """A workspace with a cluster, some tiles in its storage, and room for the features."""

    def __init__(self, azure, world):
        self.azure, self.group, self.name = azure, world.group, world.name("ws")
        self.workspace = azure.add_workspace(world.group, self.name)
        self.cluster = azure.add_cluster(self.workspace, world.name("cpu"))
        self.runs = azure.runs(self.workspace)
        store = azure.get(f"{self.workspace}/datastores/workspaceblobstore")["properties"]
        self.container, self.storage = store["containerName"], azure.storage(store["accountName"])
        self.tiles, self.features = world.name("tiles"), world.name("features")
        self.files = {
            f"train/{use}/{world.name('ortho')}.png": world.name("pixels") for use in ("Barren", "Shrub")
        }
        for path, text in self.files.items():
            self.storage.write(self.container, f"{self.tiles}/{path}", text.encode())

    def address(self, path):
        return f"azureml://datastores/workspaceblobstore/paths/{path}/"


def job_of(student, place):
    """What Azure keeps of the student's job."""
    return place.azure.get(f"{place.workspace}/jobs/{submit(student, place)}")["properties"]


def submit(student, place, **more):
    """The name of the student's job."""
    student.write("code/extract.py", SCRIPT)
    submitted = student.probe(
        "submitting_the_job",
        student.probe("client", place.group, place.name),
        "code",
        place.address(place.tiles),
        place.address(place.features),
        place.cluster,
        ENVIRONMENT,
        **more,
    )
    assert "name" in submitted, (
        f"feature_job should return the job that command(...) describes; it returned {submitted['instead']}."
    )
    return submitted["name"]


@pytest.fixture
def place(azure, world):
    return Place(azure, world)


@todo("4.4", points=1)
def test_modes(student, place):
    """The tiles are downloaded, the features uploaded, each from and to its address."""
    kept = job_of(student, place)
    tiles, features = kept["inputs"].get("tiles"), kept["outputs"].get("features")
    assert tiles and features, (
        f"The job should have the input 'tiles' and the output 'features'; it has the inputs {sorted(kept['inputs'])} "
        f"and the outputs {sorted(kept['outputs'])}."
    )
    found = [(tiles["jobInputType"], tiles.get("mode")), (features["jobOutputType"], features.get("mode"))]
    assert found == [("uri_folder", "Download"), ("uri_folder", "Upload")], (
        f"The input should be a uri_folder that is downloaded, the output one that is uploaded; yours are "
        f"{found[0][0]} with the mode {found[0][1]}, and {found[1][0]} with the mode {found[1][1]}."
    )
    for one, path in ((tiles, place.tiles), (features, place.features)):
        assert path in (one.get("uri") or ""), (
            f"{place.address(path)} was asked for; the job has {one.get('uri')}."
        )


@todo("4.4", points=1)
def test_where_it_runs(student, place):
    """It runs on the compute and in the environment that were named."""
    kept = job_of(student, place)
    compute, environment = kept.get("computeId") or "none", kept.get("environmentId") or "none"
    assert compute.rsplit("/", 1)[-1] == place.cluster, (
        f"The job should run on '{place.cluster}'; it names {compute}."
    )
    assert "AzureML-sklearn-1.5" in environment, f"It should run in {ENVIRONMENT}; it names {environment}."


@todo("4.4", points=3)
def test_it_runs(student, place, world):
    """The job gets the tiles and the batch size, and its features arrive."""
    size = world.choice([7, 16, 48])
    job = submit(student, place, batch_size=size)
    status = place.runs.ended(job)
    assert status == "Completed", f"The job is {status}. Its log ends with:\n{place.runs.log(job)}"
    path = f"{place.features}/told.json"
    told = place.storage.read(place.container, path)
    assert told is not None, (
        f"The job is done, but what its script wrote into the output folder did not arrive at {path}. In the "
        f"container there are:\n{listed(place.storage.names(place.container))}"
    )
    expected = {"batch_size": size, "tiles": place.files}
    found = json.loads(told)
    command = place.azure.get(f"{place.workspace}/jobs/{job}")["properties"]["command"]
    assert found == expected, (
        f"extract.py should have been given {expected}; it was given {found}. The job's command is: {command}"
    )

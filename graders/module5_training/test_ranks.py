"""5.5: two processes train one model. The job really runs, and its group.py tells what each rank has brought."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from course_runtime.grading import todo

SCRIPT, GROUP, WEIGHTS = "train_ranks.py", "group.py", "outputs/weights.npy"
ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"
FEATURES = {
    "Pregnancies": (3.3, 3.4),
    "PlasmaGlucose": (108.0, 32.0),
    "DiastolicBloodPressure": (71.0, 17.0),
    "TricepsThickness": (29.0, 14.5),
    "SerumInsulin": (139.0, 134.0),
    "BMI": (31.6, 9.8),
    "DiabetesPedigree": (0.4, 0.38),
    "Age": (30.0, 12.0),
}
STEPS, RATE = 60, 1.0
GIVEN = Path(__file__).parents[2] / "solutions" / "module5_training" / GROUP
# Put before the given group.py: each process works in a folder of its own, so that both may write the same file, and
# leaves there what it brought to the first sum.
WATCHED = """
import json, os, pathlib
_rank = os.environ.get("OMPI_COMM_WORLD_RANK") or os.environ.get("RANK") or "0"
_folder = pathlib.Path("outputs", "rank_" + _rank)
_folder.mkdir(parents=True, exist_ok=True)
_plain = Group.sum
_seen = []

def _sum(self, array):
    if not _seen:
        _seen.append(True)
        pathlib.Path("brought.json").write_text(json.dumps({"size": self.size, "slope": np.ravel(array).tolist()}))
    return _plain(self, array)

Group.sum = _sum
os.chdir(_folder)
"""


def arrays(table):
    columns = [(table[name] - centre) / spread for name, (centre, spread) in FEATURES.items()]
    return np.column_stack([*columns, np.ones(len(table))]), table["Diabetic"].to_numpy()


def expected_weights(table):
    """As one process finds them in all rows."""
    features, labels = arrays(table)
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        guessed = 1 / (1 + np.exp(-features @ weights))
        weights = weights - RATE * features.T @ (guessed - labels) / len(table)
    return weights


@pytest.fixture
def submitted(fresh, azure, workspace, world):
    """Submits the student's job for a table; its name."""

    def submit(table):
        store = azure.get(f"{workspace.id}/datastores/workspaceblobstore")["properties"]
        path, cluster, code = f"{world.name('patients')}/table.csv", world.name("cpu"), world.name("code")
        content = table.to_csv(index=False).encode()
        azure.storage(store["accountName"]).write(store["containerName"], path, content)
        azure.add_cluster(workspace.id, cluster, nodes=2)
        fresh.write(f"{code}/{SCRIPT}", fresh.read(SCRIPT))
        fresh.write(f"{code}/{GROUP}", GIVEN.read_text(encoding="utf-8") + WATCHED)
        data = f"azureml://datastores/workspaceblobstore/paths/{path}"
        client = fresh.probe("client", workspace.group, workspace.name)
        arguments = client, code, data, cluster, ENVIRONMENT
        told = fresh.probe("submitting_the_job", *arguments, seconds=30.0)
        assert "name" in told, (
            f"distributed_job should return the job that command(...) describes; it returned {told['instead']}."
        )
        return told["name"], cluster

    return submit


@todo("5.5", points=1)
def test_place(fresh):
    """Each process knows its rank and how many there are; alone it is 0 of 1."""
    for rank, size in ((0, 2), (1, 2), (2, 3), (10, 12)):
        found = fresh.probe("place_in_job", rank, size)
        assert found == [rank, size], (
            f"In the process of rank {rank} of {size} place_in_job should return {(rank, size)}; what came is "
            f"{as_tuple(found)}."
        )
    alone = fresh.probe("place_in_job", None, None)
    assert alone == [0, 1], (
        f"Where MPI has set nothing, place_in_job should return (0, 1); what came is {as_tuple(alone)}."
    )


def as_tuple(found):
    """A tuple has become a list on its way."""
    return tuple(found) if isinstance(found, list) else found


@todo("5.5", points=2)
def test_shards(fresh, world):
    """Every row belongs to exactly one rank, and no rank has much more than another."""
    cases = [(world.random.randrange(40, 90), size) for size in (2, 3, 1, 7)] + [(3, 2), (2, 4)]
    for rows, size in cases:
        first, again = fresh.probe("shards", rows, size)
        about = f"Of {rows} rows on {size} rank{'s' if size > 1 else ''},"
        every = [row for own in first for row in own]
        missing = sorted(set(range(rows)) - set(every))
        assert not missing, f"{about} nobody works on: {shown(missing)}."
        strange = sorted(set(every) - set(range(rows)))
        assert not strange, f"{about} somebody works on {shown(strange)}: there are no such rows."
        twice = sorted({row for row in every if every.count(row) > 1})
        assert not twice, f"{about} more than one rank works on: {shown(twice)}."
        sizes = [len(own) for own in first]
        assert max(sizes) - min(sizes) <= 1, (
            f"{about} the ranks have {', '.join(map(str, sizes))}: some wait while others work. They may differ "
            "by one."
        )
        assert first == again, f"{about} a rank gets other rows when it asks again."


def shown(rows):
    return f"{', '.join(map(str, rows[:8]))}{' and more' if len(rows) > 8 else ''}"


@todo("5.5", points=1)
def test_job(azure, workspace, world, submitted):
    """One node, two processes, the table as an input."""
    name, cluster = submitted(world.table("clean", 40))
    job = f"{workspace.id}/jobs/{name}"
    kept = azure.get(job)["properties"]
    azure.act(job, "cancel")
    distribution = kept.get("distribution") or {}
    kind, each = distribution.get("distributionType") or "none", distribution.get("processCountPerInstance")
    assert str(kind).lower() == "mpi", (
        f"The processes should be started by MPI; the job's distribution is {kind}."
    )
    nodes = (kept.get("resources") or {}).get("instanceCount") or 1
    assert (nodes, each) == (1, 2), (
        f"The job should be one node with two processes; it asks for instance_count={nodes} and "
        f"process_count_per_instance={each}."
    )
    compute = str(kept.get("computeId")).rsplit("/", 1)[-1]
    assert compute == cluster, f"The job should run on '{cluster}'; it names {compute}."
    data = kept["inputs"].get("data") or {}
    assert data.get("jobInputType") == "uri_file", (
        f"The job should have the input 'data', a uri_file; its inputs are "
        f"{ {one: own['jobInputType'] for one, own in kept['inputs'].items()} or 'none' }."
    )


@todo("5.5", points=4)
def test_two_ranks(azure, workspace, runs, world, submitted):
    """Two processes share the rows, find the weights that one would have found, and one of them keeps them."""
    table = world.table("clean", 61)
    job, _ = submitted(table)
    status = runs.ended(job)
    command = azure.get(f"{workspace.id}/jobs/{job}")["properties"]["command"]
    assert status == "Completed", f"The job with the command `{command}` is {status}. {logs(runs, job)}"
    files = runs.artifacts(job)
    check_brought(runs, job, table, files)
    saved = [rank for rank in range(2) if f"outputs/rank_{rank}/{WEIGHTS}" in files]
    assert saved == [0], (
        f"{WEIGHTS} should be saved by rank 0 and by nobody else; it was saved by "
        f"{' and '.join(f'rank {rank}' for rank in saved) or 'nobody'}."
        + (" Two that write the same file spoil it." if len(saved) == 2 else "")
    )
    check_weights(runs.artifact(job, f"outputs/rank_0/{WEIGHTS}"), expected_weights(table))
    logged = runs.history(job, "steps")
    assert [value for _, value in logged] == [STEPS], (
        f"The run should have the metric 'steps' with {STEPS}, logged once; it was logged {len(logged)} times"
        f"{f': {logged}' if logged else ''}."
    )


def logs(runs, job):
    """What each process has written, the end of it."""
    written = [path for path in runs.artifacts(job) if path.startswith("user_logs/")]
    return "\n".join(f"{path} ends with:\n{runs.log(job, 8, path)}" for path in written)


def check_brought(runs, job, table, files):
    """Each process has worked on rows of its own: at the first step the slopes of all of them are known."""
    there = [f"outputs/rank_{rank}/brought.json" for rank in range(2)]
    came = [json.loads(runs.artifact(job, path)) for path in there if path in files]
    ran = sum(path.startswith("user_logs/std_log") for path in files)
    assert len(came) == 2, (
        f"Two processes should run and bring their slopes to group.sum; {ran} ran, and {len(came) or 'none'} did."
    )
    sizes = [one["size"] for one in came]
    assert sizes == [2, 2], f"Each process should know that there are 2; they made groups of {sizes}."
    features, labels = arrays(table)
    whole = features.T @ (0.5 - labels)
    brought = [np.array(one["slope"]) for one in came]
    assert all(len(one) == len(whole) for one in brought), (
        f"{len(whole)} slopes should be brought to group.sum; {len(brought[0])} numbers were."
    )
    for rank, one in enumerate(brought):
        assert not np.allclose(one, whole), f"Rank {rank} has worked on all rows, not on a share of its own."


def check_weights(content, expected):
    try:
        found = np.load(io.BytesIO(content), allow_pickle=False)
    except ValueError as error:
        raise AssertionError(f"{WEIGHTS} cannot be read by np.load: {error}") from None
    assert found.shape == expected.shape, (
        f"{WEIGHTS} should hold {len(expected)} weights; it holds an array of the shape {found.shape}."
    )
    assert np.allclose(found, expected, atol=1e-9), (
        f"Two processes should find the weights that one finds in all rows, {numbers(expected)}; they found "
        f"{numbers(found)}. Is each step RATE times the mean slope of all rows?"
    )


def numbers(weights):
    return "[" + ", ".join(f"{one:.4f}" for one in weights) + "]"

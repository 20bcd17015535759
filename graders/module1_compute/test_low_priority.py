"""Cheap nodes, and a script that goes on where it was killed."""

import json

import pytest

from course_runtime.grading import listed, todo

RATE = 0.1
SCRIPT = "train_resumable.py"


@todo("1.3", points=1)
def test_tier(student, client, compute, compute_name):
    """The cluster's nodes are low-priority nodes."""
    student.call("make_cheap_cluster", client(), compute_name, "Standard_DS3_v2")
    found = compute(compute_name)
    assert found["computeType"] == "AmlCompute", (
        f"'{compute_name}' should be a cluster (AmlCompute); it is of the kind {found['computeType']}."
    )
    tier = found["properties"]["vmPriority"]
    assert tier == "LowPriority", (
        f"The nodes should be of the low-priority tier, at a fifth of the price; they are of the tier {tier}."
    )


@todo("1.3", points=1)
def test_counts(student, client, compute, compute_name):
    """The cluster has 0 to 2 nodes."""
    student.call("make_cheap_cluster", client(), compute_name, "Standard_DS3_v2")
    scale = compute(compute_name)["properties"].get("scaleSettings")
    assert scale, (
        f"'{compute_name}' should be a cluster (AmlCompute), which has a smallest and a largest number of nodes."
    )
    found = scale["minNodeCount"], scale["maxNodeCount"]
    assert found == (0, 2), f"The cluster should have 0 to 2 nodes; it has {found[0]} to {found[1]}."


def new_batches(world, count):
    return [
        [[round(world.random.uniform(-1, 1), 3), round(world.random.uniform(-5, 5), 3)] for _ in range(4)]
        for _ in range(count)
    ]


def improve(line, batch):
    """One step of the training, as the script's own `improve` is given."""
    slope, height = line
    errors = [(slope * x + height - y, x) for x, y in batch]
    slope -= RATE * sum(error * x for error, x in errors) / len(batch)
    height -= RATE * sum(error for error, _ in errors) / len(batch)
    return [slope, height]


def trained(batches):
    line = [0.0, 0.0]
    for batch in batches:
        line = improve(line, batch)
    return line


@pytest.fixture
def job(student, world):
    """Places of one training, and its script run on one node after another."""
    return Job(student, world)


class Job:
    def __init__(self, student, world):
        self.student = student
        self.world = world
        self.data = world.name("batches")
        self.outputs = world.name("outputs")
        student.write(f"{self.outputs}/about.txt", "what the job leaves behind")

    def put(self, number, batch):
        self.student.write(f"{self.data}/batch-{number:03}.json", json.dumps(batch))

    def run(self, steps, checkpoints, *, kill_at=None):
        """On a new node, which sees the data, the checkpoints and the outputs, each beside its own folder."""
        places = {"--data": self.data, "--checkpoints": checkpoints, "--output": f"{self.outputs}/line.json"}
        arguments = [part for name, place in places.items() for part in (name, f"../{place}")]
        stop_at = None if kill_at is None else f"{self.data}/batch-{kill_at:03}.json"
        return self.student.probe(
            "run_on_node", self.world.name("node"), [*arguments, "--steps", str(steps)], stop_at
        )

    def line(self):
        return self.student.read_json(f"{self.outputs}/line.json")


def require_end(run, when):
    assert run["code"] == 0, (
        f"{when}, {SCRIPT} should end with code 0; it ended with code {run['code']}. It printed:\n{run['printed']}"
    )


def near(found, expected):
    is_line = (
        isinstance(found, list) and len(found) == 2 and all(isinstance(one, (int, float)) for one in found)
    )
    return is_line and all(abs(a - b) < 1e-9 for a, b in zip(found, expected, strict=True))


@todo("1.3", points=1)
def test_undisturbed(job, world):
    """Left in peace, the script trains every step."""
    batches = new_batches(world, world.choice([12, 15, 18]))
    for number, batch in enumerate(batches):
        job.put(number, batch)
    require_end(job.run(len(batches), world.name("kept")), "With nothing in its way")
    assert near(job.line(), trained(batches)), (
        f"After {len(batches)} steps, each with its own batch, the line should be {trained(batches)}; it is "
        f"{job.line()}. Step 0 begins with [0.0, 0.0] and reads batch 0."
    )


@todo("1.3", points=3)
def test_killed(student, job, world):
    """Killed in the middle, it goes on with the next step on another node."""
    count, killed = 16, world.choice([5, 6, 7, 8, 9])
    batches, first_node, second_node = new_batches(world, count), world.name("kept"), world.name("mounted")
    for number, batch in enumerate(batches):
        job.put(number, batch)
    run = job.run(count, first_node, kill_at=killed)
    assert run["reached"], (
        f"{SCRIPT} was to be killed as it read batch {killed}, but it never read that batch. It ended with code "
        f"{run['code']} and printed:\n{run['printed']}"
    )
    job.put(killed, batches[killed])
    # What was trained already is not there any more: whoever begins again comes to another line.
    for number in range(killed):
        job.put(number, [[9.0, 9.0]])
    if has_folder(student, first_node):
        student.probe("move", first_node, second_node)
    require_end(job.run(count, second_node), "On the second node, with the checkpoints of the first")
    found, expected = job.line(), trained(batches)
    assert near(found, expected), (
        f"The node was taken away in step {killed} of {count}, and the script started again on another one with the "
        f"same checkpoints. The line should be that of {count} steps, each done once: {expected}. It is {found}. "
        + guess(found, batches, killed)
    )


def guess(found, batches, killed):
    """What went wrong, where the line tells."""
    lost = trained([[[9.0, 9.0]]] * killed + batches[killed:])
    twice = trained([*batches[:killed], [[9.0, 9.0]], *batches[killed:]])
    skipped = trained([*batches[:killed], *batches[killed + 1 :]])
    forgotten = trained(batches[killed:])
    if near(found, lost):
        return (
            "It began again at step 0: nothing was kept, or not in the folder --checkpoints, or it was not read. "
            "A killed script has no last word: keep a checkpoint after each step."
        )
    if near(found, twice):
        return f"Step {killed - 1} was done twice: keep the number of the *next* step."
    if near(found, skipped):
        return f"Step {killed} was left out: keep the number of steps that are done."
    if near(found, forgotten):
        return "It knew where to go on, but began with [0.0, 0.0] again: keep the line too."
    return "Keep the line and the number of steps done after each step, and begin with them."


def has_folder(student, folder):
    return any(name.startswith(f"{folder}/") for name in student.files())


@todo("1.3", points=1)
def test_finished(job, world):
    """Started again when all is done, it does nothing twice."""
    batches, kept = new_batches(world, 8), world.name("kept")
    for number, batch in enumerate(batches):
        job.put(number, batch)
    require_end(job.run(len(batches), kept), "The first time")
    for number in range(len(batches)):
        job.put(number, [[9.0, 9.0]])
    require_end(job.run(len(batches), kept), "Started again after it had ended")
    assert near(job.line(), trained(batches)), (
        f"All {len(batches)} steps were done when the script was started again, so the line should stay "
        f"{trained(batches)}; it is {job.line()}."
    )


@todo("1.3", points=1)
def test_more_steps(job, world):
    """Asked for more steps, it adds those that are missing."""
    batches, kept = new_batches(world, 12), world.name("kept")
    for number, batch in enumerate(batches):
        job.put(number, batch)
    for steps in (4, 9, 12):
        require_end(job.run(steps, kept), f"Asked for {steps} steps")
        wrong = [] if near(job.line(), trained(batches[:steps])) else [f"{steps} steps: {job.line()}"]
        assert not wrong, (
            f"With the same checkpoints the script was asked for 4, then 9, then 12 steps. After {steps} the line "
            f"should be {trained(batches[:steps])}; it is:\n{listed(wrong)}"
        )

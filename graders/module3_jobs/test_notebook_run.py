"""3.1: a run in a notebook."""

import io

import pytest

from course_runtime.grading import expecting, listed, todo

PICTURE = "ages.png"
SAMPLE = "outputs/sample.csv"


@pytest.fixture
def look(student, runs, experiment):
    """Lets the student look at a table; the one run that this leaves."""

    def look(table):
        run_id = student.call("look_at", table, seconds=30.0)
        student.probe("end_runs")
        found = runs.of_experiment(experiment)
        assert len(found) == 1, (
            f"look_at should leave one run in the experiment '{experiment}'; there are {len(found)}:\n"
            + listed(f"{run.name}: {run.status}" for run in found)
        )
        assert run_id == found[0].id, (
            f"look_at should return the run's id, {found[0].id}; it returned {run_id!r}."
        )
        return found[0]

    return look


def counts(table):
    """How many patients have had n pregnancies, from 0 to the most."""
    numbers = table["Pregnancies"]
    return [(number, float((numbers == number).sum())) for number in range(int(numbers.max()) + 1)]


@todo("3.1", points=1)
def test_led_to_the_workspace(student, azure, client, workspace, runs, world):
    """What is tracked after track_in is in the workspace, under the experiment."""
    experiment, value = world.name("exp"), float(world.random.randrange(1000))
    elsewhere = world.name("ws")
    azure.add_workspace(workspace.group, elsewhere)
    student.probe("track_in", workspace.group, elsewhere, world.name("exp"))
    with expecting(
        "track_in should give MLflow the workspace's tracking address, a text, and then the experiment."
    ):
        student.call("track_in", client, experiment)
    refusal = student.probe("log_one", "told", value)
    assert not refusal, (
        f"After track_in(client, '{experiment}') a run could not be tracked: {refusal}\ntrack_in should name the "
        "workspace's own tracking address, and then the experiment."
    )
    found = [dict(run.metrics) for run in runs.of_experiment(experiment)]
    assert found == [{"told": value}], (
        f"After track_in, a run with the metric told = {value} was tracked. In the workspace's experiment "
        f"'{experiment}' there should be this one run; there are: {found}."
    )


@todo("3.1", points=1)
def test_rows(look, world):
    """The run counts the rows, and is over."""
    table = world.table("clean", world.choice([120, 150, 180]))
    run = look(table)
    assert run.metrics.get("rows") == len(table), (
        f"The metric 'rows' should be {len(table)}; the run's metrics are {dict(run.metrics)}."
    )
    assert run.status == "FINISHED", f"The run should be FINISHED when look_at is done; it is {run.status}."


@todo("3.1", points=2)
def test_patients(look, runs, world):
    """The metric patients has a value for every number of pregnancies."""
    table = world.table("clean", 160)
    gap = world.choice([2, 3, 4])
    table = table[table["Pregnancies"] != gap]
    found, expected = runs.history(look(table).id, "patients"), counts(table)
    assert found == expected, (
        f"Step and value of 'patients' should be, in a table without anybody who has had {gap} pregnancies:\n"
        f"  {expected}\nThey are:\n  {found}"
    )


@todo("3.1", points=1)
def test_files(look, runs, world):
    """The picture is a histogram, and the sample has 100 rows."""
    table = world.table("clean", 130)
    run = look(table)
    picture = runs.artifact(run.id, PICTURE)
    assert picture is not None, (
        f"The run should have the picture '{PICTURE}'; its files are {runs.artifacts(run.id)}."
    )
    problem = problem_with_picture(picture)
    assert not problem, f"'{PICTURE}' should be a picture of a histogram; {problem}."
    sample = runs.artifact(run.id, SAMPLE)
    assert sample is not None, (
        f"The run should have the file '{SAMPLE}'; its files are {runs.artifacts(run.id)}."
    )
    found = sample.decode(errors="replace").replace("\r\n", "\n").strip().split("\n")
    expected = table.head(100).to_csv(index=False).strip().split("\n")
    longest = max(len(found), len(expected))
    at = next((line for line in range(longest) if found[line : line + 1] != expected[line : line + 1]), None)
    assert at is None, (
        f"'{SAMPLE}' should have a line of column names and 100 rows, without the index. It has {len(found)} lines; "
        f"line {at + 1} is {found[at : at + 1]}, expected {expected[at : at + 1]}."
    )


def problem_with_picture(data):
    """Why this is not a picture of anything; empty when it is one."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if max(picture.size) > 10_000:
                return f"it is {picture.size[0]} x {picture.size[1]} pixels large"
            colors = picture.convert("RGB").getcolors(maxcolors=10_000_000) or []
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        return f"it is no PNG ({error})"
    largest = max((count for count, _ in colors), default=0)
    all_of_it = sum(count for count, _ in colors)
    return "it shows nothing but one color" if largest > 0.995 * all_of_it else ""


@todo("3.1", points=1)
def test_fails_in_the_middle(student, runs, experiment, world):
    """A run that fails in the middle is a failed one, and not in the next run's way; none may have begun yet."""
    table = world.table("clean", 110)
    failure = student.failure_of("look_at", table.drop(columns="Age"))
    assert failure is not None, (
        "A table without the column Age has no histogram of it: let the error through."
    )
    statuses = [run.status for run in runs.of_experiment(experiment)]
    left = student.probe("end_runs")
    assert statuses in (["FAILED"], []) and not left, (
        "The table had no column Age, so look_at failed in the middle. Its run should be FAILED then, and over; the "
        f"runs of the experiment are {statuses}, and the number of those left open is {left}."
    )

"""7.1: three ways into the registry, and the search in it."""

import pytest

from course_runtime.grading import todo

ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"


@pytest.fixture
def register(student, add_model, versions, world):
    """Lets the student register the version 2 of a model that has one; what is kept of it."""

    def register(function, client, *arguments):
        name = world.name("model")
        add_model(name, "1")
        returned = student.call(function, client, name, *arguments)
        found = versions(name)
        assert sorted(found) == ["1", "2"], (
            f"'{name}' had the version 1, and the next one was to be registered. Its versions should be 1 and 2; they "
            f"are {', '.join(sorted(found))}. The registry counts, unless a version is named."
        )
        described = student.probe("describe", returned)
        assert described == f"{name}:2", (
            f"{function} should return the new version, {name}:2; it returned {described or returned!r}."
        )
        return found["2"]

    return register


def check_kind(kept, kind, source):
    assert kept["modelType"] == kind, (
        f"The version should be of type {kind}; it is of type {kept['modelType']}."
    )
    assert kept["tags"].get("source") == source, (
        f"The version should have the tag source={source}; its tags are {kept['tags']}."
    )


@todo("7.1", points=2)
def test_from_a_job(register, azure, client, workspace, cluster, runs, world):
    """What a job has left is registered where it is, with its lineage."""
    job, word = world.name("job"), world.plain_name("weights")
    body = {
        "jobType": "Command",
        "command": f"mkdir -p outputs/model && echo {word} > outputs/model/weights.txt && echo x > outputs/other.txt",
        "environmentId": ENVIRONMENT,
        "computeId": f"{workspace.id}/computes/{cluster}",
        "experimentName": "models",
    }
    azure.put(f"{workspace.id}/jobs/{job}", {"properties": body})
    status = runs.ended(job)
    assert status == "Completed", f"The test's own job is {status}: {runs.log(job)}"
    kept = register("register_from_job", client, job)
    check_kind(kept, "custom_model", "job")
    assert kept.get("jobName") == job, (
        f"The registry should know that the model came from the job '{job}'; it names "
        f"{kept.get('jobName') or 'no job'}. Register the job's own address, not a copy."
    )
    assert kept["modelUri"].rstrip("/").endswith(f"dcid.{job}/outputs/model"), (
        f"The model should be the job's folder outputs/model; its address is {kept['modelUri']}. What a job has "
        f"left in its folder has the address azureml://jobs/{job}/outputs/artifacts/paths/ and the path."
    )


@todo("7.1", points=1)
def test_a_file(student, register, client, world):
    """A file is uploaded and registered with what is known of it."""
    word = world.plain_name("weights")
    accuracy, rows = round(world.random.uniform(0.7, 0.9), 4), world.random.randrange(100, 900)
    file = f"{world.name('kept')}/model.txt"
    student.write(file, word)
    kept = register("register_file", client, student.probe("path", file), accuracy, rows)
    check_kind(kept, "custom_model", "file")
    expected = {"accuracy": str(accuracy), "rows": str(rows)}
    found = {key: kept["properties"].get(key) for key in expected}
    assert found == expected, f"Its properties should be {expected}; they are {kept['properties']}."


@todo("7.1", points=1)
def test_next_version(student, client, versions, world):
    """Another file is the next version, and the one before it stays."""
    name = world.name("model")
    for number in (1, 2):
        file = f"{world.name('kept')}.txt"
        student.write(file, world.name("weights"))
        student.call("register_file", client, name, student.probe("path", file), 0.5 + number / 10, 100)
    found = {version: kept["properties"].get("accuracy") for version, kept in versions(name).items()}
    assert found == {"1": "0.6", "2": "0.7"}, (
        f"Two files were registered, with the accuracies 0.6 and 0.7: they should be the versions 1 and 2; the "
        f"versions and their accuracies are {found}."
    )


@todo("7.1", points=2)
def test_from_a_run(student, register, client, workspace):
    """The model of an MLflow run is registered as one."""
    run = student.probe("log_model", workspace.group, workspace.name)
    kept = register("register_from_run", client, run)
    check_kind(kept, "mlflow_model", "mlflow")
    assert kept.get("jobName") == run, (
        f"The registry should know that the model came from the run {run}; it names {kept.get('jobName') or 'none'}."
    )
    assert "sklearn" in (kept.get("flavors") or {}), (
        f"The files at the address should be the MLflow model, with the flavor sklearn; at {kept['modelUri']} the "
        f"flavors are {sorted(kept.get('flavors') or {}) or 'none'}."
    )


@todo("7.1", points=2)
def test_search(student, client, add_model, world):
    """The best version by its tag and metric is found."""
    name, team = world.name("model"), world.plain_name("team")
    best = world.choice(["0.91", "0.905"])
    kept = world.shuffled(
        [
            ({"team": team}, {"auc": best}, False),
            ({"team": team}, {"auc": "9e-1"}, False),
            ({"team": team}, {"auc": "0.77"}, False),
            ({"team": "others"}, {"auc": "0.99"}, False),
            ({}, {"auc": "0.98"}, False),
            ({"team": team}, {"accuracy": "0.97"}, False),
            ({"team": team}, {"auc": "0.96"}, True),
        ]
    )
    for number, (tags, properties, archived) in enumerate(kept, start=1):
        add_model(name, str(number), tags=tags, properties=properties, archived=archived)
    expected = str(1 + kept.index(({"team": team}, {"auc": best}, False)))
    lines = "\n".join(
        f"  {number}: tags {tags}, properties {properties}{', archived' if archived else ''}"
        for number, (tags, properties, archived) in enumerate(kept, start=1)
    )
    found = student.call("find_best", client, name, "team", team, "auc")
    assert str(found) == expected, (
        f"The best of team={team} by auc is the version {expected}; find_best returned {found!r}. "
        f"The versions are:\n{lines}"
    )

    check_below_zero(student, client, add_model, world)


def check_below_zero(student, client, add_model, world):
    """Some metrics have no value above zero."""
    name, losses = world.name("model"), world.shuffled(["-0.71", "-0.4", "-0.23"])
    for number, loss in enumerate(losses, start=1):
        add_model(name, str(number), tags={"team": "ours"}, properties={"neg_log_loss": loss})
    found = student.call("find_best", client, name, "team", "ours", "neg_log_loss")
    assert str(found) == str(1 + losses.index("-0.23")), (
        f"The versions 1, 2 and 3 have the neg_log_loss {', '.join(losses)}. The greatest of them is -0.23; "
        f"find_best returned {found!r}."
    )


@todo("7.1", points=1)
@pytest.mark.parametrize("case", ["no such tag", "no such metric"])
def test_search_without_result(student, client, add_model, world, case):
    """Where nothing matches, the search says None"""
    name = world.name("model")
    add_model(
        name, "1", tags={"team": "others" if case == "no such tag" else "ours"}, properties={"auc": "0.9"}
    )
    metric = "auc" if case == "no such tag" else "recall"
    found = student.call("find_best", client, name, "team", "ours", metric)
    assert found is None, (
        f"No version has team=ours and {metric}, so None was expected; find_best returned {found!r}."
    )

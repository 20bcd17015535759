"""3.2: a script with arguments, here and as a job."""

import io
import re

import pandas
import pytest

from course_runtime.grading import expecting, last_said, listed, todo

SCRIPT = "train.py"
ENVIRONMENT = "azureml:AzureML-sklearn-1.5:20"
NOT_FEATURES = ["PatientID", "Diabetic"]
INPUTS = ("${{inputs.data}}", "${{inputs.regularization}}")


@pytest.fixture(autouse=True)
def no_autolog(student):
    """A script is a fork of the worker, in which 3.3 may have switched it on."""
    student.probe("autolog_off")


@pytest.fixture
def table(world):
    """As it is read from a file: its numbers may differ in the last digit from those that were written."""
    return pandas.read_csv(io.StringIO(world.table("clean", 150).to_csv(index=False)))


def write(student, world, table):
    file = f"{world.name('patients')}.csv"
    student.write(file, table.to_csv(index=False))
    return file


def run(student, *arguments, code=0, why=""):
    answer = student.run(SCRIPT, *arguments)
    ended = answer.value["exit_code"]
    said = last_said(answer)
    assert ended == code, (
        f"`python {SCRIPT} {' '.join(arguments)}` should end with exit code {code}{why}; it ended with {ended}. "
        f"It said:\n{said}"
    )
    return said


def expected_metrics(table, regularization):
    """What the script's own lines come to."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import train_test_split

    x, unseen_x, y, unseen_y = train_test_split(
        table.drop(columns=NOT_FEATURES), table["Diabetic"], test_size=0.3, random_state=0
    )
    model = LogisticRegression(C=1 / regularization, solver="newton-cholesky").fit(x, y)
    auc = roc_auc_score(unseen_y, model.predict_proba(unseen_x)[:, 1])
    return {"Accuracy": float(model.score(unseen_x, unseen_y)), "AUC": float(auc)}


def check_tracked(run, table, regularization):
    found = run.params.get("regularization")
    assert found is not None, (
        f"The run should have the parameter 'regularization'; its parameters are {dict(run.params)}."
    )
    assert float(found) == regularization, (
        f"The parameter 'regularization' should be {regularization}; it is {found}."
    )
    expected = expected_metrics(table, regularization)
    wrong = [
        f"{name}: expected {value:.4f}, got {run.metrics.get(name, 'none')}"
        for name, value in expected.items()
        if abs(run.metrics.get(name, -1.0) - value) > 0.005
    ]
    assert not wrong, (
        f"The run's metrics with the rate {regularization}:\n{listed(wrong)}\n"
        f"The run has the metrics {dict(run.metrics)}."
    )


def only_run(runs, experiment):
    found = runs.of_experiment(experiment)
    assert found, (
        "The script should leave a run in the experiment that it was started under, and left none there. Does it name "
        "another experiment, or track nothing?"
    )
    assert len(found) == 1, (
        f"The script should leave one run; there are {len(found)}:\n"
        f"{listed(f'{one.name}: {one.status}' for one in found)}"
    )
    return found[0]


@todo("3.2", points=2)
def test_follows_the_arguments(student, runs, world, experiment, table):
    """What is tracked and kept follows the arguments."""
    file, outputs = write(student, world, table), f"{world.name('kept')}/models"
    rate = world.choice([0.037, 0.21, 2.3, 14.0])
    run(student, "--data", file, "--regularization", str(rate), "--outputs", outputs)
    check_tracked(only_run(runs, experiment), table, rate)
    kept = student.probe("parameters_of_model", f"{outputs}/model.joblib")
    assert kept is not None, (
        f"With --outputs {outputs}, there should be the file {outputs}/model.joblib afterwards. The files are:\n"
        f"{listed(name for name in student.files() if not name.startswith('mlruns/'))}"
    )
    assert kept == {"regularization": pytest.approx(rate), "features": 8}, (
        f"The kept model should be that of the rate {rate} with 8 features; it says {kept}."
    )


@todo("3.2", points=1)
def test_defaults(student, runs, world, experiment, table):
    """Without more than --data, the rate is 0.01 and the folder is outputs."""
    run(student, "--data", write(student, world, table))
    check_tracked(only_run(runs, experiment), table, 0.01)
    assert student.probe("parameters_of_model", "outputs/model.joblib") is not None, (
        "Without --outputs, the model should be kept as outputs/model.joblib; there is no such file."
    )


@todo("3.2", points=1)
def test_refuses(student, runs, world, experiment, table):
    """What cannot be is refused with argparse's code, and nothing is tracked."""
    file = write(student, world, table)
    run(student, "--regularization", "0.1", code=2, why=", for --data was not given")
    for value in world.shuffled(["0", "-0.5", "much"]):
        why = f", for {value} is no rate"
        said = run(student, "--data", file, f"--regularization={value}", code=2, why=why)
        assert "--regularization" in said, (
            f"With --regularization={value} the script should name the argument; it said:\n{said}"
        )
    left = runs.of_experiment(experiment)
    assert not left, f"A refused script should leave no run; it left {len(left)}."


@todo("3.2", points=1)
def test_help(student):
    """--help tells of all three arguments."""
    said = run(student, "--help")
    absent = [name for name in ("--data", "--regularization", "--outputs") if name not in said]
    assert not absent, f"`python {SCRIPT} --help` should tell of {', '.join(absent)}; it said:\n{said}"


@todo("3.2", points=3)
def test_job(student, azure, client, workspace, runs, cluster, world, table):
    """The job runs the script on the data, and its run has the metrics and the model."""
    store = azure.get(f"{workspace.id}/datastores/workspaceblobstore")["properties"]
    path, experiment = f"{world.name('patients')}/table.csv", world.name("exp")
    azure.storage(store["accountName"]).write(
        store["containerName"], path, table.to_csv(index=False).encode()
    )
    data = f"azureml://datastores/workspaceblobstore/paths/{path}"
    rate, folder = world.choice([0.05, 0.4, 3.0]), world.name("code")
    student.write(f"{folder}/{SCRIPT}", student.read(SCRIPT))
    with expecting("training_job should return a job that can be submitted."):
        job = student.probe(
            "training_job", client, folder, data, cluster, ENVIRONMENT, rate, experiment, seconds=30.0
        )
    assert job, "training_job should return the job; it returned None."
    kept = azure.get(f"{workspace.id}/jobs/{job}")["properties"]
    check_description(kept, path, rate, cluster, experiment)
    status = runs.ended(job)
    assert status == "Completed", (
        f"The job is {status}.{about_command(kept)} Its log ends with:\n{runs.log(job)}"
    )
    check_tracked(runs.get(job), table, rate)
    assert "outputs/model.joblib" in runs.artifacts(job), (
        f"The job's run should have the file outputs/model.joblib; its files are {runs.artifacts(job)}."
    )


def about_command(kept):
    """What may have gone wrong with a job that failed, before its script said anything."""
    if not kept.get("codeId"):
        return " It has no code: give the folder that train.py lies in."
    absent = [name for name in INPUTS if not re.search(rf"(?<!\$){re.escape(name)}", kept["command"])]
    if not absent:
        return ""
    return (
        f" Its command came as `{kept['command']}`. Let it say {' and '.join(absent)} where the inputs' values go; "
        "in an f-string, two braces become one."
    )


def check_description(kept, path, rate, cluster, experiment):
    inputs = kept["inputs"]
    assert sorted(inputs) == ["data", "regularization"], (
        f"The job should have the inputs 'data' and 'regularization'; it has {sorted(inputs)}."
    )
    data, number = inputs["data"], inputs["regularization"]
    found = data.get("uri") or data.get("value")
    assert data["jobInputType"] == "uri_file" and found.endswith(path), (
        f"The input 'data' should be of type uri_file, with the address of {path}; it is of type "
        f"{data['jobInputType']}: {found}."
    )
    assert float(number.get("value") or "nan") == rate, (
        f"The input 'regularization' should be {rate}; it is {number.get('value')}."
    )
    compute = str(kept.get("computeId")).rsplit("/", 1)[-1]
    assert compute == cluster, f"The job should run on '{cluster}'; it names {compute}."
    assert kept["experimentName"] == experiment, (
        f"The job should belong to the experiment '{experiment}'; it belongs to '{kept['experimentName']}'."
    )

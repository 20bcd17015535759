"""Loops in pipelines, written with the SDK's `do_while`."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import dsl
from azure.ai.ml.dsl._do_while import do_while

from ..conftest import Lab
from .conftest import Make, read_output, steps

pytestmark = pytest.mark.usefixtures("preview")
COUNT = """
number = int(given["n"]) + 1
seen = pathlib.Path(given["before"], "value.txt").read_text() if "before" in given else ""
put("number", number)
put("more", number < 3)
put_file("seen", f"{seen}{number} ")
"""


@pytest.fixture
def count(make: Make) -> Any:
    """Adds one; says whether the sum is less than 3; writes down all the sums that it has seen."""
    outputs = {"number": "integer", "more": "boolean", "seen": "uri_folder"}
    return make("count", COUNT, {"n": "integer", "before": "uri_folder?"}, outputs)


def counting(count: Any, most: int = 10) -> Any:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(n: int):
        body = count(n=n)
        do_while(
            body=body,
            condition=body.outputs.more,
            mapping={"number": body.inputs.n, body.outputs.seen: [body.inputs.before]},
            max_iteration_count=most,
        )
        after = count(n=body.outputs.number, before=body.outputs.seen)
        return {"seen": after.outputs.seen, "of_the_loop": body.outputs.seen}

    return pipeline


def iterations(*numbers: int) -> set[str]:
    return {f"body (iteration {number})" for number in numbers}


def test_each_iteration_takes_what_the_last_one_gave(lab: Lab, count: Any, tmp_path: Path) -> None:
    done = lab.finished(counting(count)(n=0))
    assert done.status == "Completed", lab.error(done)
    assert set(steps(lab, done)) == {*iterations(1, 2, 3), "after"}
    assert read_output(lab, done, "seen", tmp_path / "a") == {"value.txt": "1 2 3 4 "}
    assert read_output(lab, done, "of_the_loop", tmp_path / "b") == {"value.txt": "1 2 3 "}


def test_the_body_runs_once_before_it_is_asked(lab: Lab, count: Any) -> None:
    assert set(steps(lab, lab.finished(counting(count)(n=7)))) == {*iterations(1), "after"}


def test_the_limit_ends_a_loop_that_would_go_on(lab: Lab, count: Any, tmp_path: Path) -> None:
    done = lab.finished(counting(count, most=2)(n=-5))
    assert done.status == "Completed", lab.error(done)
    assert read_output(lab, done, "of_the_loop", tmp_path) == {"value.txt": "-4 -3 "}


def test_a_loop_without_a_condition_runs_to_its_limit_and_never_reuses_itself(
    own_lab: Lab, emit: Any
) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = emit(n=0)
        do_while(body=body, mapping={"number": body.inputs.n}, max_iteration_count=3)

    def reused(job: Any) -> list[bool]:
        found = steps(own_lab, job)
        assert set(found) == iterations(1, 2, 3)
        return [step.properties.get("azureml.isreused") == "true" for step in found.values()]

    assert not any(reused(own_lab.finished(pipeline())))
    assert all(reused(own_lab.finished(pipeline())))


def test_a_pipeline_is_repeated_too(own_lab: Lab, count: Any, tmp_path: Path) -> None:
    @dsl.pipeline
    def twice(n: int):
        first = count(n=n)
        second = count(n=first.outputs.number)
        return {
            "number": second.outputs.number,
            "more": second.outputs.more,
            "seen": second.outputs.seen,
        }

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = twice(n=0)
        do_while(
            body=body, condition=body.outputs.more, mapping={"number": body.inputs.n}, max_iteration_count=9
        )
        return {"seen": body.outputs.seen}

    done = own_lab.finished(pipeline())
    assert done.status == "Completed", own_lab.error(done)
    found = steps(own_lab, done)
    assert set(found) == iterations(1, 2)
    assert set(steps(own_lab, found["body (iteration 2)"])) == {"first", "second"}
    assert read_output(own_lab, done, "seen", tmp_path) == {"value.txt": "4 "}


def test_an_iteration_that_fails_fails_the_loop_and_what_follows_is_left_out(
    lab: Lab, make: Make, count: Any
) -> None:
    fragile = make(
        "fragile",
        "n = int(given['n'])\nput('next', n + 1)\nsys.exit(n)",
        {"n": "integer"},
        {"next": "integer"},
    )

    @dsl.pipeline(default_compute="cpu-cluster", continue_on_step_failure=True)
    def pipeline():
        body = fragile(n=0)
        do_while(body=body, mapping={"next": body.inputs.n}, max_iteration_count=5)
        never = count(n=body.outputs.next)  # noqa: F841 - the SDK names the step after it
        other = count(n=0)  # noqa: F841

    done = lab.finished(pipeline())
    assert done.status == "Failed"
    assert "In iteration 2: Execution failed. User process 'python' exited with status code 1" in lab.error(
        done
    )
    assert {name: step.status for name, step in steps(lab, done).items()} == {
        "body (iteration 1)": "Completed",
        "body (iteration 2)": "Failed",
        "other": "Completed",
    }


def test_a_canceled_pipeline_ends_its_loop(lab: Lab, make: Make) -> None:
    slow = make(
        "slow",
        "import time\nn = int(given['n'])\nput('next', n + 1)\ntime.sleep(60 * n)",
        {"n": "integer"},
        {"next": "integer"},
    )

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = slow(n=0)
        do_while(body=body, mapping={"next": body.inputs.n}, max_iteration_count=5)

    submitted = lab.client.jobs.create_or_update(pipeline())
    lab.until(submitted, lambda _: "body (iteration 2)" in steps(lab, submitted))
    lab.client.jobs.begin_cancel(submitted.name).result()
    assert lab.client.jobs.get(submitted.name).status == "Canceled"
    assert {name: step.status for name, step in steps(lab, submitted).items()} == {
        "body (iteration 1)": "Completed",
        "body (iteration 2)": "Canceled",
    }


def test_a_loop_inside_a_loops_body(lab: Lab, count: Any, tmp_path: Path) -> None:
    """Two times round the outer loop, each with an inner loop of two: a count of four."""

    @dsl.pipeline
    def inner(n: int):
        body = count(n=n)
        do_while(body=body, mapping={"number": body.inputs.n}, max_iteration_count=2)
        return {"number": body.outputs.number, "seen": body.outputs.seen}

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = inner(n=0)
        do_while(body=body, mapping={"number": body.inputs.n}, max_iteration_count=2)
        return {"seen": body.outputs.seen}

    done = lab.finished(pipeline())
    assert done.status == "Completed", lab.error(done)
    assert read_output(lab, done, "seen", tmp_path) == {"value.txt": "4 "}

"""Steps that run once for each item, written with the SDK's `parallel_for`."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
import json
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, dsl
from azure.ai.ml.dsl._parallel_for import parallel_for
from azure.ai.ml.entities import Data

from ..conftest import Lab
from .conftest import Make, read_output, steps

pytestmark = pytest.mark.usefixtures("preview")


@pytest.fixture
def collect(make: Make) -> Any:
    """Writes down what it was given: every file below a folder, and a text."""
    script = """
base = pathlib.Path(given["files"])
found = {file.relative_to(base).as_posix(): file.read_text() for file in base.rglob("*.txt")}
import json
put_file("seen", json.dumps([sorted(found.items()), json.loads(given["numbers"])]))
"""
    return make("collect", script, {"files": "mltable", "numbers": "string"}, {"seen": "uri_folder"})


def test_outputs_are_gathered_for_the_steps_after_it(
    lab: Lab, emit: Any, collect: Any, tmp_path: Path
) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(last: int):
        body = emit(n=0)
        each = parallel_for(body=body, items=[{"n": 5}, {"n": 4}, {"n": last}])
        collected = collect(files=each.outputs.files, numbers=each.outputs.number)
        return {"seen": collected.outputs.seen, "table": each.outputs.files}

    done = lab.finished(pipeline(last=3))
    assert done.status == "Completed", lab.error(done)
    names = {f"body (iteration {number})" for number in (1, 2, 3)}
    assert set(steps(lab, done)) == {*names, "collected"}
    seen = json.loads(read_output(lab, done, "seen", tmp_path / "a")["value.txt"])
    assert seen == [[["1/value.txt", "5"], ["2/value.txt", "4"], ["3/value.txt", "3"]], [5, 4, 3]]
    table = read_output(lab, done, "table", tmp_path / "b")
    assert {"folder": "./1"} in json.loads(table["MLTable"])["paths"]
    assert lab.client.jobs.get(done.name).outputs["table"].type == "mltable"


def test_items_may_have_names_and_wait_for_each_other(lab: Lab, make: Make) -> None:
    """One at a time: no two are under way at once, by the moments that they write down."""
    script = """
import time
began = time.time()
time.sleep(0.2)
put("times", f"{began} {time.time()}")
"""
    timed = make("timed", script, {"n": "integer"}, {"times": "string"})

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = timed(n=0)
        parallel_for(body=body, items={"red": {"n": 1}, "blue": {"n": 2}}, max_concurrency=1)

    done = lab.finished(pipeline())
    assert done.status == "Completed", lab.error(done)
    found = steps(lab, done)
    assert set(found) == {"body (iteration red)", "body (iteration blue)"}
    red, blue = (lab.details(found[f"body (iteration {name})"]) for name in ("red", "blue"))
    assert red["endTimeUtc"] <= blue["startTimeUtc"]


def test_items_come_from_a_step_and_may_be_none(lab: Lab, make: Make, emit: Any, tmp_path: Path) -> None:
    plan = make("plan", "put('plan', given['text'])", {"text": "string"}, {"plan": "string"})

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(text: str):
        planned = plan(text=text)
        body = emit(n=0)
        each = parallel_for(body=body, items=planned.outputs.plan)
        return {"table": each.outputs.files}

    some = lab.finished(pipeline(text='[{"n": 8}, {"n": 9}]'))
    assert some.status == "Completed", lab.error(some)
    table = read_output(lab, some, "table", tmp_path / "some")
    assert (table["1/value.txt"], table["2/value.txt"]) == ("8", "9")
    none = lab.finished(pipeline(text="[]"))
    assert none.status == "Completed", lab.error(none)
    assert json.loads(read_output(lab, none, "table", tmp_path / "none")["MLTable"])["paths"] == []
    bad = lab.finished(pipeline(text="many"))
    assert "The items of 'each' are no JSON: 'many'" in lab.error(bad)


def test_data_is_an_item_too(lab: Lab, make: Make, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("1 2 3")
    data = lab.client.data.create_or_update(Data(name="numbers", type="uri_file", path=str(numbers)))
    script = "put_file('sum', sum(map(int, open(given['data']).read().split())))"
    total = make("total", script, {"data": "uri_file", "n": "integer"}, {"sum": "uri_folder"})

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = total(n=0)
        each = parallel_for(body=body, items=[{"data": Input(type="uri_file", path=data.id)}])
        return {"sums": each.outputs.sum}

    done = lab.finished(pipeline())
    assert done.status == "Completed", lab.error(done)
    assert read_output(lab, done, "sums", tmp_path / "result")["1/value.txt"] == "6"


@pytest.mark.parametrize(("goes_on", "ran"), [(False, {1, 2}), (True, {1, 2, 3})])
def test_an_item_that_fails_fails_the_loop(
    lab: Lab, make: Make, collect: Any, goes_on: bool, ran: set[int]
) -> None:
    """The others run on where the pipeline does."""
    odd = make("odd", "sys.exit(int(given['n']) % 2 == 0)", {"n": "integer"}, {"files": "uri_folder"})

    @dsl.pipeline(default_compute="cpu-cluster", continue_on_step_failure=goes_on)
    def pipeline():
        body = odd(n=0)
        each = parallel_for(body=body, items=[{"n": 1}, {"n": 2}, {"n": 3}], max_concurrency=1)
        never = collect(files=each.outputs.files, numbers="[]")  # noqa: F841 - the SDK names the step after it

    done = lab.finished(pipeline())
    assert done.status == "Failed"
    assert "The pipeline's step 'each' failed: In iteration 2: " in lab.error(done)
    assert set(steps(lab, done)) == {f"body (iteration {number})" for number in ran}


def test_a_pipeline_runs_for_each_item(lab: Lab, emit: Any, tmp_path: Path) -> None:
    @dsl.pipeline
    def twice(n: int):
        first = emit(n=n)
        second = emit(n=first.outputs.number)
        return {"files": second.outputs.files, "number": second.outputs.number}

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        body = twice(n=0)
        each = parallel_for(body=body, items=[{"n": 1}, {"n": 2}])
        return {"table": each.outputs.files}

    done = lab.finished(pipeline())
    assert done.status == "Completed", lab.error(done)
    table = read_output(lab, done, "table", tmp_path)
    assert (table["1/value.txt"], table["2/value.txt"]) == ("1", "2")

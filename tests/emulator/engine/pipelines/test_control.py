"""Control outputs: values that steps give to those after them."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import dsl

from course_runtime.emulator.engine.pipelines import control

from ..conftest import Lab
from .conftest import Make, read_output, steps

AS_PROPERTY = """
import json, mlflow
from mlflow.tracking import MlflowClient
from mlflow.utils.rest_utils import http_request
run = mlflow.start_run()
access = MlflowClient()._tracking_client.store.get_host_creds()
access.host = access.host.replace("mlflow/v2.0", "mlflow/v1.0").replace("mlflow/v1.0", "history/v1.0")
address = f"/experimentids/{run.info.experiment_id}/runs/{run.info.run_id}"
together = {"azureml.pipeline.control": json.dumps({"number": 7, "word": "early bird"})}
alone = {"azureml.pipeline.control.early": "True"}
answer = http_request(host_creds=access, endpoint=address, method="PATCH",
                      json={"runId": run.info.run_id, "properties": together | alone})
answer.raise_for_status()
"""
SHOW = "put_file('seen', [given[name] for name in ('early', 'number', 'word')])"
KINDS = {"number": "integer", "word": "string", "early": "boolean"}


def passing_on(source: Any, show: Any) -> Any:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        given = source()
        shown = show(number=given.outputs.number, word=given.outputs.word, early=given.outputs.early)
        return {"seen": shown.outputs.seen}

    return pipeline()


@pytest.fixture
def show(make: Make) -> Any:
    return make("show", SHOW, KINDS, {"seen": "uri_folder"})


def test_values_in_the_runs_properties_as_azures_component_tool_writes_them(
    own_lab: Lab, make: Make, show: Any, tmp_path: Path
) -> None:
    """A pipeline inside gives them on, and a step that is reused gives the same again."""
    as_property = make("as_property", AS_PROPERTY, {}, KINDS)

    @dsl.pipeline
    def source():
        told = as_property()
        return {name: told.outputs[name] for name in KINDS}

    expected = "['True', '7', 'early bird']"
    for attempt in ("first", "reused"):
        done = own_lab.finished(passing_on(source, show))
        assert done.status == "Completed", own_lab.error(done)
        assert read_output(own_lab, done, "seen", tmp_path / attempt) == {"value.txt": expected}
    told = steps(own_lab, steps(own_lab, done)["given"])["told"]
    assert told.properties["azureml.isreused"] == "true"


def test_values_in_files(lab: Lab, make: Make, show: Any, tmp_path: Path) -> None:
    source = make("as_file", "put('number', '8\\n')\nput('word', 'late')\nput('early', False)", {}, KINDS)
    done = lab.finished(passing_on(source, show))
    assert done.status == "Completed", lab.error(done)
    expected = "['False', '8', 'late']"
    assert read_output(lab, done, "seen", tmp_path) == {"value.txt": expected}


def test_a_value_of_another_type_fails_the_step_that_gave_it(lab: Lab, make: Make, show: Any) -> None:
    source = make("not_a_number", "put('number', 'seven')\nput('word', 'x')\nput('early', True)", {}, KINDS)
    done = lab.finished(passing_on(source, show))
    assert done.status == "Failed"
    assert "The pipeline's step 'given' failed" in lab.error(done)
    assert "is declared as integer; 'seven' came" in lab.error(done)
    assert set(steps(lab, done)) == {"given"}


@pytest.mark.parametrize(("text", "value"), [("True", True), (" false ", False), ("true", True)])
def test_a_truth_in_any_letters(text: str, value: bool) -> None:
    assert control.is_true(text) is value


@pytest.mark.parametrize("text", ["1", "yes", "", None])
def test_what_is_no_truth(text: Any) -> None:
    with pytest.raises(ValueError, match="neither true nor false"):
        control.is_true(text)


def test_which_outputs_are_values() -> None:
    assert [
        name for name in ("boolean", "integer", "number", "string") if control.is_control({"type": name})
    ] == [
        "boolean",
        "integer",
        "number",
        "string",
    ]
    assert not control.is_control({"type": "uri_file"})
    assert not control.is_control({})

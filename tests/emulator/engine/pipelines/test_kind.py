"""Pipelines that run: written with `@dsl.pipeline`, submitted and read with azure-ai-ml."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
import time
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, Output, command, dsl
from azure.ai.ml.parallel import RunFunction, parallel_run_function

from ..conftest import Lab

CURATED = "AzureML-sklearn-1.5@latest"
PREPARE = """
import pathlib, sys
source, target, factor = sys.argv[1:]
numbers = [int(line) * int(factor) for line in pathlib.Path(source).read_text().split()]
for number in numbers:
    pathlib.Path(target, f"{number:03}.txt").write_text(str(number))
"""
TOTAL = """
import pathlib, sys
source, target = sys.argv[1:]
total = sum(int(file.read_text()) for file in pathlib.Path(source).iterdir())
pathlib.Path(target, "total.txt").write_text(str(total))
"""
SCORE = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--plus", type=int)
plus = parser.parse_args().plus
def run(mini_batch):
    return [int(open(file).read()) + plus for file in mini_batch]
"""


class Parts:
    """Components whose code lies in a folder of the test's."""

    def __init__(self, folder: Path) -> None:
        self.code = folder / "code"
        self.code.mkdir()
        for name, text in {"prepare.py": PREPARE, "total.py": TOTAL, "score.py": SCORE}.items():
            (self.code / name).write_text(text)
        self.data = folder / "numbers.txt"
        self.data.write_text("1 2 3")
        self.prepare = self._command(
            "prepare",
            {"data": Input(type="uri_file"), "factor": Input(type="integer", default=1)},
            "python prepare.py ${{inputs.data}} ${{outputs.out}} ${{inputs.factor}}",
        )
        self.total = self._command(
            "total", {"data": Input(type="uri_folder")}, "python total.py ${{inputs.data}} ${{outputs.out}}"
        )
        self.broken = self._command("broken", {"data": Input(type="uri_folder")}, "python not_there.py")
        self.score = parallel_run_function(
            name="score",
            inputs={"data": Input(type="uri_folder"), "plus": Input(type="integer")},
            outputs={"rows": Output(type="uri_file")},
            input_data="${{inputs.data}}",
            mini_batch_size="2",
            instance_count=1,
            max_concurrency_per_instance=1,
            task=RunFunction(
                code=str(self.code),
                entry_script="score.py",
                environment=CURATED,
                program_arguments="--plus ${{inputs.plus}}",
                append_row_to="${{outputs.rows}}",
            ),
        )

    def _command(self, name: str, inputs: dict[str, Any], line: str) -> Any:
        return command(
            name=name,
            inputs=inputs,
            outputs={"out": Output(type="uri_folder")},
            code=str(self.code),
            command=line,
            environment=CURATED,
        )

    @property
    def numbers(self) -> Input:
        return Input(type="uri_file", path=str(self.data))


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path)


def steps(client: Any, name: str) -> dict[str, Any]:
    """The children by the name that they are shown under."""
    found = [client.jobs.get(one.name) for one in client.jobs.list(parent_job_name=name)]
    return {one.display_name: one for one in found}


def read_output(client: Any, job: Any, name: str, folder: Path) -> str:
    client.jobs.download(job.name, output_name=name, download_path=str(folder))
    (file,) = (one for one in folder.rglob("*") if one.is_file())
    return file.read_text()


def sums(parts: Parts) -> Any:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(numbers, factor=10):
        prepared = parts.prepare(data=numbers, factor=factor)
        total = parts.total(data=prepared.outputs.out)
        return {"total": total.outputs.out}

    return pipeline


def test_outputs_of_one_step_are_inputs_of_the_next(own_lab: Lab, parts: Parts, tmp_path: Path) -> None:
    done = own_lab.finished(sums(parts)(numbers=parts.numbers))
    assert done.status == "Completed"
    assert set(steps(own_lab.client, done.name)) == {"prepared", "total"}
    assert read_output(own_lab.client, done, "total", tmp_path / "result") == "60"


def test_what_has_not_changed_is_reused_and_what_follows_a_change_runs(own_lab: Lab, parts: Parts) -> None:
    pipeline = sums(parts)
    own_lab.finished(pipeline(numbers=parts.numbers, factor=2))

    def reused(job: Any) -> set[str]:
        found = steps(own_lab.client, own_lab.finished(job).name)
        return {name for name, step in found.items() if step.properties.get("azureml.isreused") == "true"}

    assert reused(pipeline(numbers=parts.numbers, factor=2)) == {"prepared", "total"}
    assert reused(pipeline(numbers=parts.numbers, factor=3)) == set()
    again = pipeline(numbers=parts.numbers, factor=2)
    again.settings.force_rerun = True
    assert reused(again) == set()


def test_a_parallel_step_and_a_pipeline_inside(own_lab: Lab, parts: Parts, tmp_path: Path) -> None:
    @dsl.pipeline
    def inner(numbers: Input(type="uri_file")):
        prepared = parts.prepare(data=numbers)
        return {"files": prepared.outputs.out}

    @dsl.pipeline(default_compute="cpu-cluster")
    def outer(numbers):
        files = inner(numbers=numbers)
        scored = parts.score(data=files.outputs.files, plus=100)
        return {"rows": scored.outputs.rows}

    done = own_lab.finished(outer(numbers=parts.numbers))
    assert done.status == "Completed"
    assert read_output(own_lab.client, done, "rows", tmp_path / "result").split() == ["101", "102", "103"]


def test_a_failed_step_fails_the_pipeline_and_what_needs_it_is_left_out(own_lab: Lab, parts: Parts) -> None:
    @dsl.pipeline(default_compute="cpu-cluster", continue_on_step_failure=True)
    def pipeline(numbers):
        prepared = parts.prepare(data=numbers)
        bad = parts.broken(data=prepared.outputs.out)
        parts.total(data=bad.outputs.out)
        good = parts.total(data=prepared.outputs.out)
        good.name = "good"

    done = own_lab.finished(pipeline(numbers=parts.numbers))
    assert done.status == "Failed"
    assert {name: step.status for name, step in steps(own_lab.client, done.name).items()} == {
        "prepared": "Completed",
        "bad": "Failed",
        "good": "Completed",
    }


def test_a_canceled_pipeline_takes_its_steps_along(own_lab: Lab, parts: Parts) -> None:
    (parts.code / "prepare.py").write_text("import time; time.sleep(60)")
    submitted = own_lab.client.jobs.create_or_update(sums(parts)(numbers=parts.numbers))
    while not steps(own_lab.client, submitted.name):
        time.sleep(0.1)
    own_lab.client.jobs.begin_cancel(submitted.name).result()
    assert own_lab.client.jobs.get(submitted.name).status == "Canceled"
    assert steps(own_lab.client, submitted.name)["prepared"].status == "Canceled"


def test_a_pipeline_without_a_compute_says_so(own_lab: Lab, parts: Parts) -> None:
    @dsl.pipeline
    def pipeline(numbers):
        parts.prepare(data=numbers)

    with pytest.raises(Exception, match="compute"):
        own_lab.finished(pipeline(numbers=parts.numbers))

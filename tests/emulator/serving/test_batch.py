"""Batch endpoints through the SDK: a job scores all files, and its results are downloaded."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError

from .conftest import Serving

SCRIPT = """\
import os
from pathlib import Path

def init():
    global bonus
    bonus = int((Path(os.environ["AZUREML_MODEL_DIR"]) / "bonus.txt").read_text())

def run(mini_batch):
    print(f"{len(mini_batch)} files came")
    rows = []
    for file in mini_batch:
        text = Path(file).read_text()
        rows.append(f"{Path(file).name},{int(text) + bonus}")
    return rows
"""


@pytest.fixture(scope="module")
def batch(serving: Serving) -> Serving:
    from azure.ai.ml.entities import AmlCompute, BatchEndpoint, CodeConfiguration, Model, ModelBatchDeployment
    from azure.ai.ml.entities import ModelBatchDeploymentSettings as Settings

    client = serving.client
    client.compute.begin_create_or_update(
        AmlCompute(name="cpu", size="Standard_DS3_v2", max_instances=2)
    ).result()
    client.batch_endpoints.begin_create_or_update(BatchEndpoint(name="scores")).result()
    (serving.folder / "bonus.txt").write_text("100")
    model = client.models.create_or_update(Model(name="bonus", path=str(serving.folder / "bonus.txt")))
    code = serving.folder / "batch-code"
    code.mkdir()
    (code / "batch.py").write_text(SCRIPT)
    deployment = ModelBatchDeployment(
        name="adds",
        endpoint_name="scores",
        model=model,
        code_configuration=CodeConfiguration(code=str(code), scoring_script="batch.py"),
        environment=serving.environment,
        compute="cpu",
        settings=Settings(mini_batch_size=2, output_file_name="sums.csv", error_threshold=1),
    )
    client.batch_deployments.begin_create_or_update(deployment).result()
    data = serving.folder / "numbers"
    data.mkdir()
    for number in range(5):
        (data / f"{number}.txt").write_text(str(number))
    return serving


def test_without_a_default_the_deployment_must_be_named(batch: Serving) -> None:
    with pytest.raises(HttpResponseError, match="no default deployment \\(deployments: adds\\)"):
        invoked(batch)


def test_every_file_is_scored_and_the_rows_are_downloaded(batch: Serving, tmp_path: Path) -> None:
    endpoint = batch.client.batch_endpoints.get("scores")
    endpoint.defaults.deployment_name = "adds"
    batch.client.batch_endpoints.begin_create_or_update(endpoint).result()
    job = invoked(batch)
    assert ended(batch, job.name) == "Completed"
    batch.client.jobs.download(job.name, output_name="score", download_path=tmp_path)
    (file,) = tmp_path.rglob("sums.csv")
    assert file.read_text().split() == [f"{number}.txt,{number + 100}" for number in range(5)]
    assert job.name in [one.name for one in batch.client.batch_endpoints.list_jobs("scores")]


def test_more_failures_than_the_threshold_fail_the_job(batch: Serving) -> None:
    bad = batch.folder / "bad"
    bad.mkdir(exist_ok=True)
    for name in ("a", "b", "c"):
        (bad / f"{name}.txt").write_text("no number")
    job = invoked(batch, folder=bad, deployment_name="adds")
    assert ended(batch, job.name) == "Failed"


def test_the_default_deployment_must_be_there_and_stays(batch: Serving) -> None:
    with pytest.raises(HttpResponseError, match="cannot be deleted: it is the default"):
        batch.client.batch_deployments.begin_delete("adds", "scores").result()


def test_a_pipeline_component_takes_data_and_values(batch: Serving, tmp_path: Path) -> None:
    from azure.ai.ml import Input, Output, command, dsl
    from azure.ai.ml.entities import BatchEndpoint, PipelineComponentBatchDeployment

    client = batch.client
    step = command(
        name="repeat",
        command="for i in $(seq ${{inputs.times}}); do cat ${{inputs.data}}/*.txt; done > ${{outputs.result}}/all.txt",
        environment=batch.environment,
        inputs={"data": Input(type="uri_folder"), "times": Input(type="integer")},
        outputs={"result": Output(type="uri_folder")},
    )

    def repeating(data: Any, times: Any) -> dict[str, Any]:
        return {"result": step(data=data, times=times).outputs.result}

    repeating.__annotations__ = {"data": Input(type="uri_folder"), "times": Input(type="integer")}
    built = dsl.pipeline(name="repeating")(repeating)()
    component = client.components.create_or_update(built.component)
    client.batch_endpoints.begin_create_or_update(BatchEndpoint(name="pipes")).result()
    client.batch_deployments.begin_create_or_update(
        PipelineComponentBatchDeployment(
            name="repeating", endpoint_name="pipes", component=component, settings={"default_compute": "cpu"}
        )
    ).result()
    numbers = Input(type="uri_folder", path=str(batch.folder / "numbers"))
    given = {"data": numbers, "times": Input(type="integer", default=2)}
    job = client.batch_endpoints.invoke("pipes", deployment_name="repeating", inputs=given)
    assert ended(batch, job.name) == "Completed"
    client.jobs.download(job.name, output_name="result", download_path=tmp_path)
    (file,) = tmp_path.rglob("all.txt")
    assert file.read_text() == "0123401234"


def invoked(batch: Serving, folder: Path | None = None, **options: Any) -> Any:
    from azure.ai.ml import Input

    data = Input(type="uri_folder", path=str(folder or batch.folder / "numbers"))
    return batch.client.batch_endpoints.invoke("scores", input=data, **options)


def ended(batch: Serving, name: str) -> str:
    """The job's last status; its log stands in the failure when it takes too long."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        status = str(batch.client.jobs.get(name).status.value)
        if status in ("Completed", "Failed", "Canceled"):
            return status
        time.sleep(0.1)
    return f"{status} after two minutes"

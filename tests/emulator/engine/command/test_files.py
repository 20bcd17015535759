"""Inputs and outputs of every kind and mode."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Lab

Code = Callable[..., Path]


@pytest.fixture
def asset(lab: Lab, tmp_path: Path) -> Any:
    from azure.ai.ml.entities import Data

    folder = tmp_path / "table"
    folder.mkdir()
    (folder / "rows.csv").write_text("a\n1\n")
    return lab.client.data.create_or_update(Data(name="rows", path=str(folder), type="uri_folder"))


@pytest.mark.parametrize("mode", ["ro_mount", "download", "rw_mount"])
def test_an_input_is_a_folder_here(lab: Lab, asset: Any, mode: str) -> None:
    from azure.ai.ml import Input

    given = Input(type="uri_folder", path=f"azureml:rows:{asset.version}", mode=mode)
    line = "cat ${{inputs.rows}}/rows.csv; echo $AZURE_ML_INPUT_rows ${{inputs.rows}}; "
    line += "touch ${{inputs.rows}}/new && echo new"
    job = lab.run(line, inputs={"rows": given})
    said = lab.log(job).splitlines()
    assert said[:2] == ["a", "1"] and len(set(said[2].split())) == 1
    assert (said[-1] == "new") == (mode != "ro_mount")


def test_what_is_written_to_a_mounted_input_is_kept(lab: Lab, asset: Any) -> None:
    from azure.ai.ml import Input

    rows = f"azureml:rows:{asset.version}"
    lab.run(
        "echo kept > ${{inputs.rows}}/kept",
        inputs={"rows": Input(type="uri_folder", path=rows, mode="rw_mount")},
    )
    job = lab.run("cat ${{inputs.rows}}/kept", inputs={"rows": Input(type="uri_folder", path=rows)})
    assert lab.log(job) == "kept\n"


def test_a_direct_input_is_its_address(lab: Lab, asset: Any) -> None:
    from azure.ai.ml import Input

    given = Input(type="uri_folder", path=f"azureml:rows:{asset.version}", mode="direct")
    job = lab.run("echo ${{inputs.rows}}", inputs={"rows": given})
    assert lab.log(job).startswith("azureml://subscriptions/") and "/paths/LocalUpload/" in lab.log(job)


def test_a_file_is_a_file(lab: Lab, tmp_path: Path) -> None:
    from azure.ai.ml import Input

    (tmp_path / "one.csv").write_text("alone")
    given = Input(type="uri_file", path=str(tmp_path / "one.csv"))
    job = lab.run("cat ${{inputs.one}}; basename ${{inputs.one}}", inputs={"one": given})
    assert lab.log(job) == "aloneone.csv\n"


def test_an_input_that_is_nowhere_fails_the_job_in_words(lab: Lab) -> None:
    from azure.ai.ml import Input

    missing = "azureml://datastores/workspaceblobstore/paths/not/there"
    job = lab.run("ls ${{inputs.x}}", inputs={"x": Input(type="uri_folder", path=missing)})
    assert job.status == "Failed" and "There is nothing at" in lab.error(job)


@pytest.mark.parametrize("kind", ["uri_folder", "custom_model"])
def test_an_output_with_a_name_becomes_an_asset(lab: Lab, kind: str) -> None:
    from azure.ai.ml import Input, Output

    name = f"made-{kind.replace('_', '-')}"
    job = lab.run("echo made > ${{outputs.o}}/it", outputs={"o": Output(type=kind, name=name)})
    assert job.status == "Completed", lab.error(job)
    assets = lab.client.models if kind == "custom_model" else lab.client.data
    found = assets.get(name, version="1")
    assert job.name in found.path
    reader = lab.run("cat ${{inputs.i}}/it", inputs={"i": Input(type=kind, path=f"azureml:{name}:1")})
    assert lab.log(reader) == "made\n"


def test_an_output_goes_where_it_is_told(lab: Lab) -> None:
    from azure.ai.ml import Input, Output

    path = "azureml://datastores/workspaceblobstore/paths/mine/result.txt"
    lab.run("echo there > ${{outputs.o}}", outputs={"o": Output(type="uri_file", path=path, mode="upload")})
    job = lab.run("cat ${{inputs.i}}", inputs={"i": Input(type="uri_file", path=path)})
    assert lab.log(job) == "there\n"


def test_a_failed_job_keeps_what_is_mounted_only(lab: Lab) -> None:
    from azure.ai.ml import Output

    outputs = {mode: Output(type="uri_folder", mode=mode) for mode in ("rw_mount", "upload")}
    line = "echo a > ${{outputs.rw_mount}}/a; echo b > ${{outputs.upload}}/b; exit 1"
    job = lab.run(line, outputs=outputs)
    kept = {
        mode: f"azureml://datastores/workspaceblobstore/paths/azureml/{job.name}/{mode}" for mode in outputs
    }
    from azure.ai.ml import Input

    both = [
        lab.run("ls ${{inputs.i}}", inputs={"i": Input(type="uri_folder", path=kept[mode])}) for mode in kept
    ]
    assert [one.status for one in both] == ["Completed", "Failed"]

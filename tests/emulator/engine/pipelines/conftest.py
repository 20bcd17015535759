"""Components to build pipelines from, each one a few lines of Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, Output
from azure.ai.ml._schema.pipeline import PipelineJobSchema
from azure.ai.ml._schema.pipeline.pipeline_component import PipelineComponentSchema, PipelineJobsField
from azure.ai.ml.entities import CommandComponent

from ..conftest import ENVIRONMENT, Lab

READS_ARGUMENTS = (
    "import sys, pathlib\ngiven = dict(one.split('=', 1) for one in sys.argv[1:])\n"
    "def put(output, value): pathlib.Path(given[output]).write_text(str(value))\n"
    "def put_file(output, value): pathlib.Path(given[output], 'value.txt').write_text(str(value))\n"
)
Make = Callable[..., CommandComponent]


PREVIEW = "AZURE_ML_CLI_PRIVATE_FEATURES_ENABLED"


@pytest.fixture
def preview(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control flow is a private preview in the SDK, let through by a variable that it reads when it is imported.

    Other tests have imported it by now, so its schemas are made again, as its own tests do.
    """
    monkeypatch.setenv(PREVIEW, "true")
    for schema in (PipelineJobSchema, PipelineComponentSchema, *PipelineComponentSchema.__subclasses__()):
        monkeypatch.setitem(schema._declared_fields, "jobs", PipelineJobsField())


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A component whose script finds its inputs and outputs by name in `given`; a type's "?" makes it optional."""

    def component(
        name: str, script: str, inputs: dict[str, str], outputs: dict[str, str]
    ) -> CommandComponent:
        folder = tmp_path / "components" / name
        folder.mkdir(parents=True)
        (folder / "script.py").write_text(READS_ARGUMENTS + script)
        arguments = [
            f"$[['{port}=${{{{inputs.{port}}}}}']]"
            if kind.endswith("?")
            else f"'{port}=${{{{inputs.{port}}}}}'"
            for port, kind in inputs.items()
        ] + [f"{port}=${{{{outputs.{port}}}}}" for port in outputs]
        return CommandComponent(
            name=name,
            command=f"python script.py {' '.join(arguments)}",
            code=str(folder),
            environment=ENVIRONMENT,
            inputs={
                port: Input(type=kind.rstrip("?"), optional=kind.endswith("?"))
                for port, kind in inputs.items()
            },
            outputs={port: Output(type=kind) for port, kind in outputs.items()},
        )

    return component


@pytest.fixture
def emit(make: Make) -> CommandComponent:
    """Gives a number on, as a file and as control outputs: the number, and whether it is less than 3."""
    script = "number = int(given['n'])\nput('less', number < 3)\nput('number', number)\nput_file('files', number)\n"
    outputs = {"less": "boolean", "number": "integer", "files": "uri_folder"}
    return make("emit", script, {"n": "integer"}, outputs)


def steps(lab: Lab, job: Any) -> dict[str, Any]:
    """A pipeline's children by the name that they are shown under."""
    found = [lab.client.jobs.get(one.name) for one in lab.client.jobs.list(parent_job_name=job.name)]
    return {one.display_name: one for one in found}


def read_output(lab: Lab, job: Any, name: str, folder: Path) -> dict[str, str]:
    """The files of a job's output by their paths."""
    lab.client.jobs.download(job.name, output_name=name, download_path=str(folder))
    base = folder / "named-outputs" / name
    return {file.relative_to(base).as_posix(): file.read_text() for file in base.rglob("*") if file.is_file()}

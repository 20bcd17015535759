"""A job's outputs: where it writes them on this machine, and where they go when it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_runtime.emulator.engine import materialise, references
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.services.history.artifacts import Place, datastore_uri
from course_runtime.emulator.services.workspaces.data import long_form

DEFAULT = "default"
MODEL_TYPES = ("mlflow_model", "custom_model", "triton_model")


@dataclass(frozen=True)
class Output:
    name: str
    kind: str
    mode: str
    uri: str
    path: Path
    """The file or folder that the job writes, inside `folder`."""
    folder: Path
    asset_name: str = ""
    asset_version: str = ""

    @property
    def value(self) -> str:
        """What stands for it in the command."""
        return self.uri if self.mode == "direct" else str(self.path)


def outputs_of(job: RunningJob, folder: Path) -> list[Output]:
    """All but the default one, which is the run's own artifacts."""
    asked = job.properties.get("outputs") or {}
    return [_output(job, folder / name, name, one or {}) for name, one in asked.items() if name != DEFAULT]


def _output(job: RunningJob, folder: Path, name: str, asked: Body) -> Output:
    kind, mode = (
        str(asked.get("jobOutputType") or "uri_folder"),
        str(asked.get("mode") or "ReadWriteMount").lower(),
    )
    default = datastore_uri(job.workspace, "workspaceblobstore", f"azureml/{job.name}/{name}/")
    given = str(asked.get("uri") or default).replace("${{name}}", job.name).replace("${{output_name}}", name)
    uri = long_form(given, job.cloud.context(job.id))
    path = folder / (Path(uri.rstrip("/")).name if kind == "uri_file" and not uri.endswith("/") else name)
    return Output(
        name,
        kind,
        mode,
        uri,
        path if kind == "uri_file" else folder,
        folder,
        str(asked.get("assetName") or ""),
        str(asked.get("assetVersion") or ""),
    )


async def lay_out(job: RunningJob, outputs: list[Output]) -> None:
    """The folders; one that is mounted shows what lies at its place already, or what an earlier start left."""
    for output in outputs:
        is_new = not output.folder.exists()
        output.folder.mkdir(parents=True, exist_ok=True)
        if is_new and output.mode == "readwritemount" and output.kind != "uri_file":
            place = place_of(job, output)
            if next(iter(place.files()), None) is not None:
                await materialise.download(place, output.folder)


async def upload(job: RunningJob, outputs: list[Output], *, succeeded: bool) -> None:
    """What is mounted is written whatever happens; what is uploaded, once the job has succeeded."""
    for output in outputs:
        if output.mode == "direct" or not (succeeded or output.mode == "readwritemount"):
            continue
        place = place_of(job, output)
        if output.kind == "uri_file" and output.path.is_file() and not output.uri.endswith("/"):
            await materialise.upload(output.path, place)
        else:
            await materialise.upload(output.folder, place)


def place_of(job: RunningJob, output: Output) -> Place:
    return references.place(job.cloud, job.workspace_id, output.uri)


def register(job: RunningJob, outputs: list[Output]) -> None:
    """Outputs that have a name of their own become assets; the run says of all of them where they are."""
    shown: Body = {}
    for output in outputs:
        asset_id = _register(job, output) if output.asset_name else ""
        shown[output.name] = {
            "uri": output.uri,
            "type": output.kind,
            "assetId": asset_id or anonymous_id(job, output.name, output.kind),
        }
        job.update(outputs={output.name: _named(job, output, asset_id)})
    job.cloud.runs.update(job.workspace_id, job.name, outputs=job.run.outputs | shown)


def _named(job: RunningJob, output: Output, asset_id: str) -> Body:
    before = job.properties["outputs"].get(output.name) or {}
    version = {"assetVersion": asset_id.rsplit("/", 1)[-1]} if asset_id else {}
    return before | {"uri": output.uri} | version


def _register(job: RunningJob, output: Output) -> str:
    is_model = output.kind in MODEL_TYPES
    folder = f"{job.workspace_id}/{'models' if is_model else 'data'}/{output.asset_name}"
    version = output.asset_version or _next_version(job, folder)
    fields: dict[str, Any] = {"modelUri": output.uri, "modelType": output.kind, "jobName": job.name}
    if not is_model:
        fields = {"dataUri": output.uri, "dataType": output.kind}
    return job.cloud.write(f"{folder}/versions/{version}", {"properties": fields}).id


def _next_version(job: RunningJob, container_id: str) -> str:
    context = job.cloud.context(container_id)
    stored = job.cloud.resources.get(container_id)
    if stored is None:
        return "1"
    shown = job.cloud.registry.require(context.path.full_type).show(stored, context)
    return str(shown["properties"]["nextVersion"])


def anonymous_id(job: RunningJob, name: str, output_kind: str) -> str:
    """The name under which an output is known before anybody registers it."""
    workspace = job.workspace
    kind, word = ("models", "model") if output_kind in MODEL_TYPES else ("data", "data")
    where = (
        f"azureml://locations/{workspace.body['location']}/workspaces/{workspace.properties['workspaceId']}"
    )
    return f"{where}/{kind}/azureml_{job.name}_output_{word}_{name}/versions/1"

"""A job's inputs on this machine: each a value for the command, and perhaps files."""

from __future__ import annotations

import asyncio
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.emulator.engine import materialise, references
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.services.history.artifacts import Place
from course_runtime.emulator.services.workspaces.data import long_form

WRITABLE_MODES = ("readwritemount", "download", "evaldownload")
MODEL_TYPES = ("mlflow_model", "custom_model", "triton_model")


@dataclass
class Inputs:
    values: dict[str, str] = field(default_factory=dict)
    """What stands for each in the command."""
    readable: list[Path] = field(default_factory=list)
    writable: list[Path] = field(default_factory=list)
    written_back: list[tuple[Path, Place]] = field(default_factory=list)


async def lay_out(job: RunningJob, folder: Path) -> Inputs:
    """AzureError, in words, for an input that leads nowhere."""
    found = Inputs()
    await asyncio.to_thread(shutil.rmtree, folder, True)
    for name, asked in (job.properties.get("inputs") or {}).items():
        if asked is None:
            continue
        if str(asked.get("jobInputType")).lower() == "literal":
            found.values[name] = str(asked.get("value"))
        elif asked.get("uri"):
            await _lay_out_files(job, folder / name, name, asked, found)
    return found


async def _lay_out_files(job: RunningJob, folder: Path, name: str, asked: Body, found: Inputs) -> None:
    uri = str(asked["uri"])
    kind, mode = str(asked.get("jobInputType")).lower(), str(asked.get("mode") or "ReadOnlyMount").lower()
    if re.match(r"https?://", uri) and ".core.windows.net" not in uri:
        found.values[name] = uri
        return
    kinds = ("models", "data") if kind in MODEL_TYPES else ("data", "models")
    if mode == "direct":
        asset = references.find_asset(job.cloud, job.workspace_id, uri, kinds=kinds)
        found.values[name] = long_form(references.uri_of(asset) if asset else uri, job.cloud.context(job.id))
        return
    place = references.place(job.cloud, job.workspace_id, uri, kinds=kinds)
    target = folder / place.prefix.rstrip("/").rsplit("/", 1)[-1] if materialise.is_file(place) else folder
    target.parent.mkdir(parents=True, exist_ok=True)
    await materialise.download(place, target)
    found.values[name] = str(target)
    (found.writable if mode in WRITABLE_MODES else found.readable).append(folder)
    if mode == "readwritemount":
        found.written_back.append((target, place))

"""What a deployment needs on this machine before its process starts: its model, its code, its environment."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from course_runtime.emulator.engine.environment_packages import EnvironmentPackages, packages_of
from course_runtime.emulator.engine.installed_packages import InstalledPackages
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.serving.hosted import Journal, StartFailed
from course_runtime.emulator.serving.recipe import Recipe
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

SERVER = "azureml-inference-server-http"
IMAGE_FOR_MLFLOW = "mcr.microsoft.com/azureml/curated/minimal-py311-inference"
MLFLOW_SCRIPT = Path(__file__).with_name("mlflow_script.py")


@dataclass(frozen=True)
class Materials:
    """The files of a deployment on this machine, and what its script may import."""

    folder: Path
    code: Path
    script: str
    models: Path
    hidden: Mapping[str, Sequence[str]] | None
    import_set: str


async def lay_out(
    cloud: Cloud, deployment: Stored, recipe: Recipe, folder: Path, journal: Journal
) -> Materials:
    """StartFailed when something that the deployment names is not there."""
    code, models = folder / "azureml-app", folder / "azureml-models"
    for place in (code, models):
        place.mkdir(parents=True)
    if recipe.model:
        models = await _model(cloud, recipe.model, models, journal)
    packages = await _packages(cloud, recipe, models, journal)
    if recipe.code:
        code = code / "code"
        uri = _asset(cloud, recipe.code).properties["codeUri"]
        await _copy(cloud, uri, code, recipe.code)
        script = recipe.script
    else:
        shutil.copyfile(MLFLOW_SCRIPT, code / MLFLOW_SCRIPT.name)
        script = MLFLOW_SCRIPT.name
    import_set = "tensorflow" if packages.import_set == "tensorflow" else "serving"
    return Materials(folder, code, script, models, packages.hidden, import_set)


async def _packages(cloud: Cloud, recipe: Recipe, models: Path, journal: Journal) -> EnvironmentPackages:
    properties = _asset(cloud, recipe.environment).properties if recipe.environment else _of_model(models)
    installed = await asyncio.to_thread(InstalledPackages.of_this_interpreter)
    packages = packages_of(properties, installed)
    for note in packages.notes:
        journal.event(note)
    if packages.missing:
        raise StartFailed("ImageBuildFailure", " ".join(packages.missing))
    if packages.hidden is not None and SERVER not in packages.visible:
        raise StartFailed(
            "ResourceNotReady",
            f"A required package {SERVER} is missing: the environment's conda file does not declare it, so nothing can "
            f"call the scoring script. Add it to the pip section: `- {SERVER}`.",
        )
    return packages


def _of_model(models: Path) -> dict[str, Any]:
    """The environment that an MLflow model brings along, and the server that Azure adds to it."""
    conda = next(iter(sorted(models.rglob("conda.yaml"), key=lambda path: len(path.parts))), None)
    text = conda.read_text() if conda else "dependencies: []"
    return {"image": IMAGE_FOR_MLFLOW, "condaFile": text}


async def _model(cloud: Cloud, model_id: str, models: Path, journal: Journal) -> Path:
    stored = _asset(cloud, model_id)
    name, version = parse(model_id).names[-2:]
    place = models / name / version
    uri = stored.properties["modelUri"]
    journal.store(f"Downloading the model {name}:{version} from {uri}")
    last = uri.rstrip("/").rsplit("/", 1)[-1]
    await _copy(cloud, uri, place / last, model_id)
    for file in sorted(place.rglob("*")):
        if file.is_file():
            journal.store(f"{file.relative_to(models.parent)} ({file.stat().st_size} bytes)")
    return place


def _asset(cloud: Cloud, asset_id: str) -> Stored:
    found = cloud.resources.get(asset_id)
    if found is None:
        raise StartFailed("ResourceNotFound", f"'{asset_id}' was not found.")
    return found


async def _copy(cloud: Cloud, uri: str, target: Path, what: str) -> None:
    match = re.match(r"azureml://(.*)/datastores/([^/]+)/paths/(.*)", uri)
    if match:
        workspace = "/" + match[1].replace("/workspaces/", "/providers/Microsoft.MachineLearningServices/workspaces/").replace("resourcegroups","resourceGroups")
        ds = cloud.resources.get(f"{workspace}/datastores/{match[2]}")
        account = cloud.resources.named("Microsoft.Storage/storageAccounts", ds.properties["accountName"])
        container, prefix = ds.properties["containerName"], match[3]
    else:
        parts = urlsplit(uri)
        account = cloud.resources.named("Microsoft.Storage/storageAccounts", parts.hostname.split(".")[0])
        container, _, prefix = unquote(parts.path.lstrip("/")).partition("/")
    prefix = prefix.rstrip("/")
    found = 0
    for blob in cloud.blobs.below(str(account.sequence), container, prefix):
        rest = blob.name[len(prefix):].lstrip("/")
        place = target / rest if rest else target
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as f:
            for piece in cloud.blobs.read(blob, 0, blob.size):
                f.write(piece)
        found += 1

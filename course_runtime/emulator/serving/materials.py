"""What a deployment needs on this machine before its process starts: its model, its code, its environment."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_runtime.emulator.engine.environment_packages import EnvironmentPackages, packages_of
from course_runtime.emulator.engine.installed_packages import InstalledPackages
from course_runtime.emulator.engine.materialise import download
from course_runtime.emulator.engine.references import find_asset, place
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.serving.hosted import Journal, StartFailed
from course_runtime.emulator.serving.recipe import Recipe
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

SERVER = "azureml-inference-server-http"
IMAGE_FOR_MLFLOW = "mcr.microsoft.com/azureml/curated/minimal-py311-inference"
MLFLOW_SCRIPT = Path(__file__).with_name("mlflow_script.py")
WARM_SETS = {"tensorflow": "tensorflow"}
"""The warm worker for scripts with such imports; all others begin in the one that has the server's own."""


@dataclass(frozen=True)
class Materials:
    """The files of a deployment on this machine, and what its script may import."""

    folder: Path
    code: Path
    script: str
    models: Path
    hidden: Mapping[str, Sequence[str]] | None
    import_set: str
    needs_weights: bool


async def lay_out(
    cloud: Cloud, workspace_id: str, recipe: Recipe, folder: Path, journal: Journal
) -> Materials:
    """StartFailed when something that the deployment names is not there, or cannot be had."""
    try:
        return await _Layout(cloud, workspace_id, folder, journal).of(recipe)
    except AzureError as problem:
        raise StartFailed(problem.code, problem.message) from None


@dataclass(frozen=True)
class _Layout:
    cloud: Cloud
    workspace_id: str
    folder: Path
    journal: Journal

    async def of(self, recipe: Recipe) -> Materials:
        models = await self._model(recipe.model) if recipe.model else self._new_folder("azureml-models")
        packages = await self._packages(recipe.environment, models)
        code = self._new_folder("azureml-app")
        script = await self._code(recipe, code)
        import_set = WARM_SETS.get(packages.import_set, "serving")
        return Materials(
            self.folder, code, script, models, packages.hidden, import_set, packages.has_tensorflow
        )

    async def _model(self, model_id: str) -> Path:
        """`.../models/NAME/VERSION/` holds the file or the folder that was registered, under its own name."""
        model = self._asset(model_id, "models")
        there = place(self.cloud, self.workspace_id, model_id, kinds=("models",))
        name, version = model.id.split("/")[-3], model.name
        folder = self._new_folder("azureml-models", name, version)
        self.journal.store(f"Downloading the model {name}:{version} from {there.url()}")
        await download(there, folder / there.prefix.rstrip("/").rsplit("/", 1)[-1])
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            self.journal.store(f"{name}/{version}/{file.relative_to(folder)} ({file.stat().st_size} bytes)")
        self.journal.event("ModelDownload: Succeeded.")
        return folder

    async def _code(self, recipe: Recipe, folder: Path) -> str:
        """Gives the scoring script's path in the folder."""
        if not recipe.code:
            shutil.copyfile(MLFLOW_SCRIPT, folder / MLFLOW_SCRIPT.name)
            return MLFLOW_SCRIPT.name
        await download(place(self.cloud, self.workspace_id, recipe.code, kinds=("codes",)), folder)
        self.journal.store(f"The code {recipe.code.split('/')[-3]} was downloaded.")
        return recipe.script

    async def _packages(self, environment_id: str, models: Path) -> EnvironmentPackages:
        if environment_id:
            properties = self._asset(environment_id, "environments").properties
        else:
            properties = _environment_of_the_model(models)
        installed = await asyncio.to_thread(InstalledPackages.of_this_interpreter)
        packages = packages_of(properties, installed, self._build_context(properties))
        for note in packages.notes:
            self.journal.event(note)
        if packages.missing:
            raise StartFailed("ImageBuildFailure", " ".join(packages.missing))
        if packages.hidden is not None and SERVER not in packages.visible:
            raise StartFailed(
                "ResourceNotReady",
                f"A required package {SERVER} is missing: the environment does not declare it, so nothing can call the "
                f"scoring script. Add `- {SERVER}` to the pip section of its conda file.",
            )
        return packages

    def _build_context(self, properties: Mapping[str, Any]) -> Callable[[str], str | None]:
        uri = (properties.get("build") or {}).get("contextUri")

        def read(path: str) -> str | None:
            content = place(self.cloud, self.workspace_id, str(uri)).at(path).read()
            return None if content is None else content.decode("utf-8", "replace")

        return read

    def _asset(self, asset_id: str, kind: str) -> Stored:
        found = find_asset(self.cloud, self.workspace_id, asset_id, kinds=(kind,))
        if found is None:
            raise StartFailed(
                "ResourceNotFound", f"'{asset_id}' is no id of one of the {kind} of this workspace."
            )
        return found

    def _new_folder(self, *parts: str) -> Path:
        folder = self.folder.joinpath(*parts)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _environment_of_the_model(models: Path) -> dict[str, Any]:
    """What an MLflow model says that it needs, and the server, which Azure adds by itself."""
    found = sorted(models.rglob("conda.yaml"), key=lambda path: len(path.parts))
    text = found[0].read_text() if found else "dependencies: []"
    return {"image": IMAGE_FOR_MLFLOW, "condaFile": text}

"""Environments: an image, a conda file on top of one, or a build context; and the curated ones of Azure ML."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.services.history.artifacts import place_of
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import ASSET_SHAPE, AssetContainers, AssetVersions
from course_runtime.emulator.services.workspaces.curated import curated_properties
from course_runtime.emulator.store.resources import Stored

RESERVED = "AzureML-"


class EnvironmentContainers(AssetContainers):
    type = f"{names.WORKSPACES}/environments"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        _require_own(context.path.name, context)


class EnvironmentVersions(AssetVersions):
    type = f"{names.WORKSPACES}/environments/versions"
    spoken = "environment"
    shape = ASSET_SHAPE | {"image": str, "condaFile": str, "osType": str, "build": {"contextUri": str}}
    fixed = ("image", "condaFile", "build", "osType")

    def find(self, context: Context) -> Stored:
        """A curated environment has all its versions, though only the last ones are listed."""
        name, version = context.path.names[-2].removeprefix("azureml:"), context.path.name
        kept = context.cloud.resources.get(context.path.id)
        older = None if kept else curated_properties(name, version)
        if older is None:
            return super().find(context)
        body = {"properties": older}
        self.defaults(body, context, None)
        return Stored(self.stamped(body, context, None))

    def check(self, properties: Body, context: Context) -> None:
        name = context.path.names[-2]
        _require_own(name, context)
        if bool(properties.get("image")) == bool(properties.get("build")):
            raise user_error(
                f"The environment '{name}' needs either a Docker image or a build context (a folder with a "
                f"Dockerfile); {'both came' if properties.get('image') else 'neither came'}.",
            )
        properties["osType"] = str(properties.get("osType") or "Linux").capitalize()

    def check_new(self, properties: Body, context: Context) -> None:
        if properties.get("condaFile"):
            require_conda(str(properties["condaFile"]), context.path.names[-2])

    def complete(self, properties: Body, context: Context, existing: Stored | None) -> None:
        curated = context.path.names[-2].startswith(RESERVED)
        properties["environmentType"] = "Curated" if curated else "UserCreated"
        build = properties.get("build")
        if build:
            build["dockerfilePath"] = build.get("dockerfilePath") or "Dockerfile"
            build["contextUri"] = str(build.get("contextUri") or "").rstrip("/") + "/"
            before = (existing.properties.get("build") or {}) if existing else {}
            if before and _same_files(build["contextUri"], before["contextUri"], context):
                build["contextUri"] = before["contextUri"]


def _same_files(one: str, other: str, context: Context) -> bool:
    """A build context that was uploaded again is the same one."""
    places = [place_of(context.cloud, names.outer(context), uri) for uri in (one, other)]
    found = [place.fingerprint() if place else {} for place in places]
    return bool(found[0]) and found[0] == found[1]


def require_conda(text: str, name: str) -> None:
    """A conda file is YAML: a mapping with a list of dependencies."""
    import yaml  # type: ignore[import-untyped]

    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _bad_conda(name, f"it is not YAML ({error})") from None
    if not isinstance(read, dict):
        raise _bad_conda(name, f"a mapping with 'dependencies' was expected, {type(read).__name__} came")
    if not isinstance(read.get("dependencies", []), list):
        raise _bad_conda(name, "'dependencies' must be a list")


def _bad_conda(name: str, reason: str) -> AzureError:
    return user_error(f"The conda file of the environment '{name}' is not valid: {reason}.")


def _require_own(name: str, context: Context) -> None:
    if name.lower().startswith(RESERVED.lower()) and not context.principal.trusted:
        raise user_error(
            f"Environment name can not start with the prefix AzureML: '{name}'. Curated environments belong to Azure "
            "ML. To alter one, copy its definition to an environment with a name of your own.",
        )

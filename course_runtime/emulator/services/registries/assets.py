"""Assets in registries: as in workspaces, but for their ids and for where their files go."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.services.registries.names import asset_id
from course_runtime.emulator.services.workspaces import codes, components, data, environments, models, names
from course_runtime.emulator.services.workspaces.assets import AssetContainers, AssetVersions
from course_runtime.emulator.store.resources import Stored


class RegistryContainers(AssetContainers):
    pass


class RegistryVersions(AssetVersions):
    """A registry shows `azureml://registries/...` where a workspace shows an ARM id."""

    def show(self, stored: Stored, context: Context) -> Body:
        shown = super().show(stored, context)
        return shown | {"id": asset_id(stored.id)}

    def require_parent(self, context: Context) -> None:
        """A name that nobody registered has no versions: the list is empty, where a workspace refuses."""


class DataContainers(RegistryContainers, data.DataContainers):
    type = f"{names.REGISTRIES}/data"


class DataVersions(RegistryVersions, LongRunning, data.DataVersions):
    type = f"{names.REGISTRIES}/data/versions"


class ModelContainers(RegistryContainers, models.ModelContainers):
    type = f"{names.REGISTRIES}/models"


class ModelVersions(RegistryVersions, LongRunning, models.ModelVersions):
    type = f"{names.REGISTRIES}/models/versions"


class EnvironmentContainers(RegistryContainers, environments.EnvironmentContainers):
    type = f"{names.REGISTRIES}/environments"


class EnvironmentVersions(RegistryVersions, LongRunning, environments.EnvironmentVersions):
    type = f"{names.REGISTRIES}/environments/versions"


class ComponentContainers(RegistryContainers, components.ComponentContainers):
    type = f"{names.REGISTRIES}/components"


class ComponentVersions(RegistryVersions, LongRunning, components.ComponentVersions):
    type = f"{names.REGISTRIES}/components/versions"


class CodeContainers(RegistryContainers, codes.CodeContainers):
    type = f"{names.REGISTRIES}/codes"


class CodeVersions(RegistryVersions, LongRunning, codes.CodeVersions):
    type = f"{names.REGISTRIES}/codes/versions"

    def list(self, context: Context) -> Reply:
        return AssetVersions.list(self, context)

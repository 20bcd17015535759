"""Every resource type of registries."""

from __future__ import annotations

from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.services.registries import assets, registries, temporary_data


def all_types() -> list[Resource]:
    return [
        registries.Registries(),
        temporary_data.TemporaryDataReferences(),
        temporary_data.DataReferences(),
        assets.DataContainers(),
        assets.DataVersions(),
        assets.ModelContainers(),
        assets.ModelVersions(),
        assets.EnvironmentContainers(),
        assets.EnvironmentVersions(),
        assets.ComponentContainers(),
        assets.ComponentVersions(),
        assets.CodeContainers(),
        assets.CodeVersions(),
    ]

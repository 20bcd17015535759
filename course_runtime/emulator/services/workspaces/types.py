"""Every resource type that lives in a workspace."""

from __future__ import annotations

from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.services.workspaces import (
    batch_deployments,
    batch_jobs,
    codes,
    components,
    computes,
    connections,
    data,
    datastores,
    deployments,
    endpoints,
    environments,
    jobs,
    models,
    schedules,
)


def all_types() -> list[Resource]:
    return [
        computes.Computes(),
        datastores.Datastores(),
        data.DataContainers(),
        data.DataVersions(),
        environments.EnvironmentContainers(),
        environments.EnvironmentVersions(),
        codes.CodeContainers(),
        codes.CodeVersions(),
        components.ComponentContainers(),
        components.ComponentVersions(),
        models.ModelContainers(),
        models.ModelVersions(),
        connections.Connections(),
        schedules.Schedules(),
        jobs.Jobs(),
        endpoints.OnlineEndpoints(),
        endpoints.BatchEndpoints(),
        deployments.OnlineDeployments(),
        batch_deployments.BatchDeployments(),
        batch_jobs.BatchJobs(),
    ]

"""Every service of the emulated Azure: its hosts and application, and the ARM resource types."""

from __future__ import annotations

from course_runtime.emulator.front.hosts import HostTable
from course_runtime.emulator.kernel.registry import Registry
from course_runtime.emulator.services.arm import dependents, quota, vm_sizes
from course_runtime.emulator.services.arm import routes as arm
from course_runtime.emulator.services.arm.deployments import Deployments
from course_runtime.emulator.services.arm.resource_groups import ResourceGroups
from course_runtime.emulator.services.arm.role_assignments import RoleAssignments, RoleDefinitions
from course_runtime.emulator.services.identity import routes as identity
from course_runtime.emulator.services.inference import routes as inference
from course_runtime.emulator.services.keyvault import routes as keyvault
from course_runtime.emulator.services.login import routes as login
from course_runtime.emulator.services.registries import types as registry_types
from course_runtime.emulator.services.storage import arm_containers
from course_runtime.emulator.services.storage import routes as storage
from course_runtime.emulator.services.storage.lifecycle import ManagementPolicies
from course_runtime.emulator.services.telemetry import routes as telemetry
from course_runtime.emulator.services.workspaces import routes as workspaces
from course_runtime.emulator.services.workspaces import types as workspace_types
from course_runtime.emulator.services.workspaces.workspaces import Workspaces


def host_table() -> HostTable:
    services = (login, identity, arm, workspaces, telemetry, keyvault, inference)
    applications = {
        host: application for one in services for application in [one.application()] for host in one.HOSTS
    }
    return HostTable(applications | storage.applications())


def registry() -> Registry:
    return Registry(
        [
            ResourceGroups(),
            Deployments(),
            RoleAssignments(),
            RoleDefinitions(),
            dependents.StorageAccounts(),
            arm_containers.BlobServices(),
            arm_containers.Containers(),
            arm_containers.FileServices(),
            arm_containers.Shares(),
            ManagementPolicies(),
            dependents.KeyVaults(),
            dependents.ApplicationInsights(),
            dependents.LogAnalytics(),
            dependents.ContainerRegistries(),
            dependents.ManagedIdentities(),
            dependents.VirtualNetworks(),
            dependents.Subnets(),
            vm_sizes.VmSizes(),
            quota.Usages(),
            quota.Quotas(),
            Workspaces(),
            *workspace_types.all_types(),
            *registry_types.all_types(),
        ]
    )

"""Writes azure_modules.txt: what the first calls of the SDK import, beyond `import azure.ai.ml`.

The calls go to a proxy that refuses, so this needs no network; both fail, after importing what they need.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import import_sets

if TYPE_CHECKING:
    from azure.ai.ml import MLClient
    from azure.core.credentials import AccessToken

REFUSING_PROXY = "http://127.0.0.1:9"
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
ENVIRONMENT = {
    "HTTPS_PROXY": REFUSING_PROXY,
    "HTTP_PROXY": REFUSING_PROXY,
    "AZURE_TENANT_ID": SUBSCRIPTION,
    "AZURE_CLIENT_ID": SUBSCRIPTION,
    "AZURE_CLIENT_SECRET": "none",
}
HEADER = "# Written by python -m course_runtime.sandbox.record_azure_imports; missing modules are skipped.\n"


def main() -> int:
    """The calls run in one process, the reduction in a fresh one that has imported only the set itself."""
    if sys.argv[1:] == ["roots"]:
        sys.stdout.write("\n".join(roots(sys.stdin.read().split())) + "\n")
        return 0
    names = "\n".join(imported_by_first_calls())
    command = [sys.executable, "-m", __spec__.name, "roots"]
    found = subprocess.run(command, input=names, capture_output=True, text=True, check=True).stdout
    import_sets.AZURE_MODULES.write_text(HEADER + found)
    sys.stderr.write(f"{len(found.split())} modules written to {import_sets.AZURE_MODULES}\n")
    return 0


def imported_by_first_calls() -> list[str]:
    os.environ.update(ENVIRONMENT)
    for name in import_sets.IMPORT_SETS["azure"].modules:
        importlib.import_module(name)
    before = import_sets.imported()
    for call in (
        first_token,
        first_workspace,
        first_job,
        first_data,
        first_compute,
        first_resources,
        first_roles,
    ):
        attempt(call)
    return [name for name in list(sys.modules) if name not in before]


def attempt(call: Callable[[], object]) -> None:
    try:
        call()
    except Exception as problem:  # noqa: BLE001 - no call can succeed here
        sys.stderr.write(f"{call.__name__}: {type(problem).__name__}, as it should\n")


def first_token() -> None:
    from azure.identity import DefaultAzureCredential

    DefaultAzureCredential(exclude_managed_identity_credential=True).get_token(
        "https://management.azure.com/.default"
    )


def first_workspace() -> None:
    _client().workspaces.get("workspace")


def first_job() -> None:
    from azure.ai.ml import Input, command, dsl

    step = command(
        command="echo ${{inputs.data}}",
        environment="environment:1",
        compute="cpu",
        inputs={"data": Input(type="uri_folder", path="azureml:data:1")},
    )
    attempt(lambda: _client().jobs.create_or_update(step))

    def one_step() -> None:
        step(data=Input(type="uri_folder", path="azureml:data:1"))

    _client().jobs.create_or_update(dsl.pipeline(one_step)())


def first_data() -> None:
    from azure.ai.ml.entities import Data

    _client().data.create_or_update(Data(name="data", path="https://none.blob.core.windows.net/a/b"))


def first_compute() -> None:
    from azure.ai.ml.entities import AmlCompute

    _client().compute.begin_create_or_update(AmlCompute(name="cpu", size="STANDARD_DS3_V2"))


def first_resources() -> None:
    from azure.mgmt.resource.resources import ResourceManagementClient

    client = ResourceManagementClient(AnyToken(), SUBSCRIPTION, retry_total=0)
    list(client.resources.list_by_resource_group("group"))


def first_roles() -> None:
    from azure.mgmt.authorization import AuthorizationManagementClient

    client = AuthorizationManagementClient(AnyToken(), SUBSCRIPTION, retry_total=0)
    list(client.role_assignments.list_for_subscription())


class AnyToken:
    """A credential whose token nobody would take."""

    def get_token(self, *scopes: str, **options: object) -> AccessToken:
        from azure.core.credentials import AccessToken

        return AccessToken("none", 4102444800)


def _client() -> MLClient:
    from azure.ai.ml import MLClient

    return MLClient(AnyToken(), SUBSCRIPTION, "group", "workspace", retry_total=0)


def roots(names: list[str]) -> list[str]:
    """The names that importing the ones before them does not bring along."""
    for name in import_sets.IMPORT_SETS["azure"].modules:
        importlib.import_module(name)
    needed: list[str] = []
    for name in names:
        if name in sys.modules:
            continue
        with contextlib.suppress(Exception):
            importlib.import_module(name)
            needed.append(name)
    return needed


if __name__ == "__main__":
    raise SystemExit(main())

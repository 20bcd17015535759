"""Coverage is derived; here it is held against what the SDK really meets."""

from __future__ import annotations

import pytest

from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.sdk_coverage.report import Operation, coverage
from course_runtime.emulator.sdk_coverage.sdk_requests import SdkRequest, operation_groups, requests_of
from course_runtime.emulator.services.workspaces.deployments import OnlineDeployments
from course_runtime.emulator.services.workspaces.jobs import Jobs


@pytest.fixture(scope="module")
def operations() -> dict[tuple[str, str], Operation]:
    return {(one.group, one.name): one for one in coverage()}


def test_every_group_of_the_client_is_there(operations: dict[tuple[str, str], Operation]) -> None:
    groups = {group for group, _ in operations}
    assert {
        "workspaces",
        "compute",
        "datastores",
        "data",
        "environments",
        "models",
        "components",
        "jobs",
    } <= groups


@pytest.mark.parametrize(
    ("group", "name"),
    [("compute", "begin_start"), ("workspaces", "get"), ("data", "archive"), ("datastores", "get_default")],
)
def test_what_works_is_implemented(
    operations: dict[tuple[str, str], Operation], group: str, name: str
) -> None:
    assert operations[group, name].state == "implemented", operations[group, name]


@pytest.mark.parametrize(
    ("group", "name"),
    [("feature_sets", "get"), ("serverless_endpoints", "list"), ("workspace_outbound_rules", "get")],
)
def test_what_is_answered_501_is_not_yet(
    operations: dict[tuple[str, str], Operation], group: str, name: str
) -> None:
    found = operations[group, name]
    assert found.state == "not yet"
    assert found.why.startswith("GET ")


@pytest.mark.parametrize(
    ("group", "name", "resource"),
    [("online_deployments", "begin_create_or_update", OnlineDeployments), ("jobs", "create_or_update", Jobs)],
)
def test_what_does_not_do_everything_is_partial_and_says_so(
    operations: dict[tuple[str, str], Operation], group: str, name: str, resource: type[Resource]
) -> None:
    found = operations[group, name]
    assert (found.state, found.why) == (
        ("partial", resource.limit) if resource.limit else ("implemented", "")
    )


def test_the_requests_come_from_the_sdks_own_source() -> None:
    found = requests_of(operation_groups()["compute"], "begin_start")
    assert {request.method for request in found} == {"POST"}
    assert all(request.template.endswith("/computes/{computeName}/start") for request in found)
    assert found and all(isinstance(request, SdkRequest) for request in found)

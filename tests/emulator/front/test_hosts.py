from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.front.hosts import HostTable, is_azure


def table(*hosts: str) -> HostTable:
    services: Any = {host: host for host in hosts}
    return HostTable(services)


def test_an_exact_name_goes_before_a_suffix_and_the_longest_suffix_first() -> None:
    hosts = table("one.blob.core.windows.net", "*.blob.core.windows.net", "*.windows.net")
    assert str(hosts.find("ONE.blob.core.windows.net")) == "one.blob.core.windows.net"
    assert str(hosts.find("two.blob.core.windows.net")) == "*.blob.core.windows.net"
    assert str(hosts.find("a.b.windows.net")) == "*.windows.net"
    assert hosts.find("windows.net") is None
    assert hosts.find("evilblob.core.windows.com") is None


def test_the_table_lists_every_host() -> None:
    assert {host for host, _ in table("one.azure.com", "*.azure.net")} == {"one.azure.com", "*.azure.net"}


@pytest.mark.parametrize(
    "host", ["management.azure.com", "LOGIN.MicrosoftOnline.com.", "169.254.169.254", "azure.com"]
)
def test_azures_hosts_never_leave_the_machine(host: str) -> None:
    assert is_azure(host)


@pytest.mark.parametrize("host", ["pypi.org", "notazure.com", "azure.com.example.org", "localhost", ""])
def test_other_hosts_are_not_azures(host: str) -> None:
    assert not is_azure(host)

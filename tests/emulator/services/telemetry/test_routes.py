from __future__ import annotations

import pytest

from course_runtime.emulator import Cloud


@pytest.mark.parametrize(
    "host", ["dc.services.visualstudio.com", "eastus-0.in.applicationinsights.azure.com"]
)
def test_telemetry_is_accepted_so_that_no_sdk_waits(cloud: Cloud, host: str) -> None:
    answer = cloud.request("POST", "/v2/track", [{}], host=host)
    assert (answer.status, answer.body["itemsAccepted"]) == (200, 1)

"""The meter counts by the cloud's clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.registry import Registry
from course_runtime.emulator.services.login.tokens import Keyring
from course_runtime.emulator.services.workspaces import cost

HOUR = 3600.0


def test_spending_follows_the_rate(model: Cloud) -> None:
    cost.set_rate(model, "/x", 2.0, "2 machines")
    model.advance(HOUR)
    cost.set_rate(model, "/x", 0.5, "a small one")
    model.advance(2 * HOUR)
    cost.stop(model, "/X")
    model.advance(5 * HOUR)
    report = cost.report(model)
    assert report["spent"] == pytest.approx(3.0, abs=0.01)
    assert (report["rate"], report["resources"][0]["what"]) == (0, "nothing")
    assert report["resources"][0]["billed_hours"] == pytest.approx(3, abs=0.01)


def test_what_never_cost_is_not_listed(model: Cloud) -> None:
    cost.stop(model, "/x")
    assert cost.report(model) == {"currency": "USD", "spent": 0, "rate": 0, "resources": []}


@given(steps=st.lists(st.tuples(st.floats(0, 100), st.floats(0, 10_000)), max_size=6))
def test_the_sum_is_that_of_the_parts(
    registry: Registry, keyring: Keyring, steps: list[tuple[float, float]]
) -> None:
    cloud = Cloud(registry, keyring)
    for rate, seconds in steps:
        cost.set_rate(cloud, "/x", rate, "thing")
        cloud.advance(seconds)
    expected = sum(rate * seconds / HOUR for rate, seconds in steps)
    assert cost.report(cloud)["spent"] == pytest.approx(expected, rel=1e-3, abs=0.05)
    cloud.close()

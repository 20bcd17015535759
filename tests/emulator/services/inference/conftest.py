"""The workspace and the SDK of the serving tests, with one endpoint on which everything is asked."""

from __future__ import annotations

import pytest

from ...serving.conftest import Serving, serving

__all__ = ["serving"]

SCRIPT = """\
import json, time

def init():
    global count
    count = 0

def run(raw_data):
    global count
    asked = json.loads(raw_data)
    count += 1
    if "sleep" in asked:
        time.sleep(asked["sleep"])
    if "fail" in asked:
        raise ValueError(asked["fail"])
    if "big" in asked:
        return "x" * asked["big"]
    return {"name": "NAME", "count": count}
"""


@pytest.fixture(scope="module")
def endpoint(serving: Serving) -> str:
    """Two deployments, `blue` and `green`; all traffic goes to blue."""
    name = serving.endpoint("asked")
    for colour in ("blue", "green"):
        serving.deploy(name, colour, SCRIPT.replace("NAME", colour))
    serving.traffic(name, blue=100, green=0)
    return name

"""A workspace, over REST and through the SDK."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator import Cloud

from ..ml import Workspace, ml_client


@pytest.fixture
def workspace(cloud: Cloud) -> Workspace:
    return Workspace(cloud, cloud.add_workspace("rg", "ws"))


@pytest.fixture
def client(signed_in: Cloud, workspace: Workspace) -> Any:
    return ml_client()

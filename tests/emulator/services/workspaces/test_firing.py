"""Schedules on a clock that nobody has looked at for long."""

from __future__ import annotations

from pathlib import Path

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.registry import Registry
from course_runtime.emulator.personal import add_workspace
from course_runtime.emulator.services.login.tokens import Keyring

DAY = 86_400.0


def begin(cloud: Cloud) -> str:
    cloud.add_group("rg")
    workspace = add_workspace(cloud, "rg", "work", "eastus")
    action = {"actionType": "CreateJob", "jobDefinition": {"jobType": "Command", "command": "true"}}
    trigger = {"triggerType": "Recurrence", "frequency": "Hour", "interval": 1}
    cloud.write(f"{workspace}/schedules/hourly", {"properties": {"trigger": trigger, "action": action}})
    return workspace


def count(cloud: Cloud, workspace: str) -> int:
    return len(cloud.resources.children(workspace, "Microsoft.MachineLearningServices/workspaces/jobs"))


def test_what_was_missed_while_nobody_was_there_is_not_made_up_for(
    registry: Registry, keyring: Keyring, tmp_path: Path
) -> None:
    cloud = Cloud(registry, keyring, tmp_path / "cloud.db")
    workspace = begin(cloud)
    cloud.close()

    later = Cloud(registry, keyring, tmp_path / "cloud.db")
    real_time = later.clock.real_time
    later.clock.real_time = lambda: real_time() + 30 * DAY
    later.tick()
    assert count(later, workspace) == 0
    later.advance(2.5 * 3600)
    assert count(later, workspace) in (2, 3)
    later.close()


def test_time_that_is_advanced_is_time_in_which_everything_happens(model: Cloud) -> None:
    workspace = begin(model)
    model.advance(DAY)
    assert count(model, workspace) == 24

"""Where the emulator of this student keeps its things."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.emulator import Places

OVERRIDE = "WORKSHOP_STATE"


def state_folder(cwd: Path) -> Path:
    """What WORKSHOP_STATE names; else the course folder's own; else one for all that this user does elsewhere."""
    from course_runtime.course import find_course_folder

    if override := os.environ.get(OVERRIDE):
        return Path(override).expanduser().absolute()
    course = find_course_folder(cwd)
    return course / ".workshop" / "emulator" if course else _user_data() / "azureml-workshop"


def places_for(cwd: Path) -> Places:
    from course_runtime.emulator import Places

    return Places.of(state_folder(cwd))


def _user_data() -> Path:
    """As XDG has it: a relative path there counts as none."""
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    return base if base.is_absolute() else Path.home() / ".local" / "share"

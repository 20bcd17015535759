"""ISO 8601 durations as Azure writes them: PT120S, PT30M, P1DT2H."""

from __future__ import annotations

import re

from course_runtime.emulator.kernel.errors import AzureError

PATTERN = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
SECONDS = {"weeks": 604800, "days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}


def seconds(text: str, field: str) -> float:
    match = PATTERN.fullmatch(str(text).upper())
    if match is None or not any(match.groups()):
        raise AzureError(
            400,
            "BadArgument",
            f"The value '{text}' of '{field}' is not an ISO 8601 duration: one like 'PT30M' (30 minutes) was expected.",
        )
    return sum(float(value) * SECONDS[unit] for unit, value in match.groupdict().items() if value)

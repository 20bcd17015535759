from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.workspaces.time_zones import WINDOWS, zone


@pytest.mark.parametrize("name", WINDOWS)
def test_every_listed_zone_is_there(name: str) -> None:
    assert datetime(2026, 1, 1, tzinfo=zone(name.title())).utcoffset() is not None


def test_iana_names_and_utc_are_known() -> None:
    assert zone("utc") is timezone.utc
    assert datetime(2026, 1, 1, tzinfo=zone("Europe/Berlin")).utcoffset() == timedelta(hours=1)


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(AzureError, match="'Moon Standard Time'"):
        zone("Moon Standard Time")

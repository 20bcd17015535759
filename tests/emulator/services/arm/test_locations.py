from __future__ import annotations

import pytest

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm.locations import LOCATIONS, display_name, normalised


def test_display_names_and_names_are_one_region() -> None:
    for name in LOCATIONS:
        assert normalised(display_name(name), "T") == normalised(name.upper(), "T") == name


def test_an_unknown_region_is_refused_with_those_that_are() -> None:
    with pytest.raises(AzureError, match=r"'mars' is not available for resource type 'T'.*westeurope"):
        normalised("mars", "T")

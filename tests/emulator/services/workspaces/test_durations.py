from __future__ import annotations

import pytest

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.workspaces.durations import seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PT120S", 120), ("PT30M", 1800), ("P1DT2H", 93600), ("P1W", 604800), ("pt0.5s", 0.5)],
)
def test_durations_are_read(text: str, expected: float) -> None:
    assert seconds(text, "field") == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "120", "PT-5S", "two hours"])
def test_others_are_refused_by_field_and_value(text: str) -> None:
    with pytest.raises(AzureError, match=f"'{text}' of 'field'"):
        seconds(text, "field")

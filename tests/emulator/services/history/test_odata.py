from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history import odata

FIELDS: dict[str, odata.Value] = {
    "ParentRunId": None,
    "Status": "Completed",
    "Tags/team": "the a team",
    "Hidden": False,
    "CreatedUtc": 1_767_225_600.0,
}


def look(name: str) -> odata.Value:
    return FIELDS.get(name, odata.Absent())


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("(ParentRunId eq null)", True),
        ("ParentRunId ne null", False),
        ("(Status eq Completed) and (Tags/team eq the a team)", True),
        ('(Tags/team eq "the a team")', True),
        ("((Status eq Failed) or Status ne Failed)", True),
        ("Status eq 'Completed' and Hidden eq false", True),
        ("(Tags/team ne null or Tags/team eq null)", True),
        ("(Tags/other ne null or Tags/other eq null)", False),
        ("CreatedUtc ge 2026-01-01 00:00:00", True),
        ("CreatedUtc gt 2026-01-01T00:00:00.0000000Z", False),
        ("Status eq Failed and Status eq Completed or Hidden eq false", True),
    ],
)
def test_what_holds(text: str, true: bool) -> None:
    assert odata.holds(text, look) is true


@pytest.mark.parametrize("text", ["Status", "Status is Completed", "(Status eq Completed", "Status eq", ")"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AzureError, match="cannot be read"):
        odata.holds(text, look)


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    try:
        odata.holds(text, look)
    except AzureError as refused:
        assert refused.status == 400

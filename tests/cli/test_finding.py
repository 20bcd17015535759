from __future__ import annotations

import pytest

from course_runtime.cli.finding import Finding


@pytest.mark.parametrize(
    ("fine", "needed", "word", "blocks"),
    [
        (True, True, "OK", False),
        (True, False, "OK", False),
        (False, True, "problem", True),
        (False, False, "note", False),
    ],
)
def test_only_what_is_needed_and_missing_blocks(fine: bool, needed: bool, word: str, blocks: bool) -> None:
    finding = Finding("x", fine, "detail", needed=needed)
    assert finding.verdict[0] == word
    assert finding.blocks is blocks

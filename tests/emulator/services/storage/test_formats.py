from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.storage.formats import (
    http_date,
    new_etag,
    parse_http_date,
    parse_iso,
    split_query,
)


@given(st.integers(0, 4_000_000_000))
def test_dates_read_back(moment: int) -> None:
    assert parse_http_date(http_date(moment)) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1970-01-02", 86_400),
        ("1970-01-02T00:01Z", 86_460),
        ("1970-01-02T00:01:02Z", 86_462),
        ("1970-01-02T00:01:02.1234567Z", 86_462),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_iso_moments(text: str, moment: float | None) -> None:
    assert parse_iso(text) == moment


def test_a_plus_in_a_query_stays_one() -> None:
    assert split_query("a=1+2%2B3&b&c=") == [("a", "1+2+3"), ("b", ""), ("c", "")]


def test_etags_differ() -> None:
    assert len({new_etag() for _ in range(100)}) == 100

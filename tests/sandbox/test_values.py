from __future__ import annotations

import contextlib
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.sandbox.answers import handle_from
from course_runtime.sandbox.values import Decoder, Encoder, Handle, Malformed, NotPlain

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
keys = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
plain = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                ["list", "dict", "float", "bytes", "npy", "arrow", "handle", "id", "data", "other"]
            ),
            inner,
        )
    ),
    max_leaves=20,
)


def refuse(value: object) -> Any:
    raise NotPlain(type(value).__name__)


def there_and_back(value: object) -> Any:
    encoder = Encoder(refuse)
    text = json.dumps(encoder.encode(value), allow_nan=False)
    return decode(json.loads(text), b"".join(encoder.blobs))


def decode(encoded: Any, blobs: bytes = b"") -> Any:
    return Decoder(memoryview(blobs), handle=handle_from, table=lambda table: table).decode(encoded)


@given(plain)
def test_plain_values_survive(value: object) -> None:
    assert repr(there_and_back(value)) == repr(value)


@given(json_values)
def test_whatever_comes_is_a_value_or_malformed(encoded: Any) -> None:
    with contextlib.suppress(Malformed):
        decode(encoded, b"some bytes")


@pytest.mark.parametrize("value", [object(), {1, 2}, {(1, 2): 3}, range(3), 1j, int])
def test_all_else_is_not_plain(value: object) -> None:
    with pytest.raises(NotPlain):
        there_and_back(value)


def test_not_a_number_is_itself() -> None:
    assert math.isnan(there_and_back(math.nan))
    assert there_and_back([math.inf, -math.inf]) == [math.inf, -math.inf]


def test_the_depth_has_a_bound_on_both_sides() -> None:
    deep: Any = 1
    encoded: Any = 1
    for _ in range(60):
        deep, encoded = [deep], {"list": [encoded]}
    with pytest.raises(NotPlain, match="nested more than 50 deep"):
        there_and_back(deep)
    with pytest.raises(Malformed, match="nested more than 50 deep"):
        decode(encoded)


def test_lone_surrogates_do_not_enter() -> None:
    assert decode("a\udc80b") == "a?b"


@pytest.mark.parametrize("place", [[0, 11], [-1, 3], [5, -1], [0], "0", [0, True], [0, 1.0], [0, 10**30]])
def test_a_blob_outside_its_frame_is_malformed(place: object) -> None:
    with pytest.raises(Malformed):
        decode({"bytes": place}, b"ten bytes!")


def test_a_handle_is_only_its_three_fields() -> None:
    assert decode({"handle": {"id": 1, "type": "T", "repr": "r"}}) == Handle(1, "T", "r")
    with pytest.raises(Malformed):
        decode({"handle": {"id": "1", "type": "T", "repr": "r"}})

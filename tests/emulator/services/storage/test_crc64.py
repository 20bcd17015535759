from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.storage.crc64 import crc64


def test_the_check_value_of_the_polynomial() -> None:
    assert crc64(b"123456789") == 0xAE8B14860A799888
    assert crc64(b"") == 0


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_parts_follow_each_other(first: bytes, second: bytes) -> None:
    assert crc64(second, crc64(first)) == crc64(first + second)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.storage.ranges import filled, replaced, taken
from course_runtime.emulator.store.blobs import Extent

SIZE = 20


def as_bytes(extents: list[Extent], pieces: dict[str, bytes]) -> bytes:
    return b"".join(
        pieces[one.piece][one.offset : one.offset + one.length] if one.piece else bytes(one.length)
        for one in extents
    )


@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE), st.booleans()), max_size=8))
def test_writes_in_places_equal_writes_into_bytes(writes: list[tuple[int, int, bool]]) -> None:
    expected, extents, pieces = bytearray(SIZE), [Extent("", 0, SIZE)], {}
    for number, (first, length, clears) in enumerate(writes):
        length = min(length, SIZE - first)
        data = bytes(length) if clears else bytes([number + 1]) * length
        expected[first : first + length] = data
        pieces[str(number)] = data
        fresh = [Extent("" if clears else str(number), 0, length)]
        extents = replaced(extents, first, length, fresh)
    assert as_bytes(extents, pieces) == bytes(expected)
    written = {place for first, last in filled(extents) for place in range(first, last + 1)}
    assert written == {place for place, byte in enumerate(expected) if byte}


@given(st.integers(0, SIZE), st.integers(0, SIZE))
def test_taking_a_part_is_slicing(start: int, end: int) -> None:
    data = bytes(range(SIZE))
    extents = [Extent("p", 0, 7), Extent("p", 7, 6), Extent("p", 13, 7)]
    assert as_bytes(taken(extents, start, end), {"p": data}) == data[start:end]
    assert as_bytes(taken(extents, start, None), {"p": data}) == data[start:]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.storage import dfs_paths
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.store.blobs import Blob

NAMES = st.text("abcdefghij_", min_size=1, max_size=8)


@given(st.dictionaries(NAMES, st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)))
def test_properties_read_back(metadata: dict[str, str]) -> None:
    blob = Blob("1", "c", "x", metadata=metadata)
    assert dfs_paths.properties_in(dfs_paths.properties_out(blob)) == metadata


@pytest.mark.parametrize(
    ("given_text", "expected"), [("0750", "rwxr-x---"), ("644", "rw-r--r--"), ("rwx--x--x", "rwx--x--x")]
)
def test_permissions_in_both_notations(given_text: str, expected: str) -> None:
    assert dfs_paths.symbolic(given_text) == expected


@pytest.mark.parametrize("text", ["9999", "75", "rwxrwxrw", "xwrxwrxwr"])
def test_other_permissions_are_refused(text: str) -> None:
    with pytest.raises(StorageError, match="InvalidHeaderValue"):
        dfs_paths.symbolic(text)

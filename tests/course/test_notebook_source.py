from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.errors import CourseError
from course_runtime.course.notebook_source import notebook_source


def _notebook(*sources: Any) -> bytes:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    cells.insert(1, {"cell_type": "markdown", "source": "# TODO 1.1 text"})
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


def test_code_cells_are_joined_and_each_line_knows_its_cell() -> None:
    read = notebook_source(_notebook("a = 1\nb = 2", ["c = 3\n", "d = 4"]), "n.ipynb")
    assert read.text == "# %%\na = 1\nb = 2\n# %%\nc = 3\nd = 4\n"
    assert read.cell_lines[0] == (1, 1)
    assert read.cell_lines[2] == (1, 2)
    assert read.cell_lines[4] == (2, 1)


def test_future_imports_of_any_cell_come_first() -> None:
    read = notebook_source(_notebook("a = 1", "from __future__ import annotations\nb = 2"), "n.ipynb")
    assert read.text == "from __future__ import annotations\n# %%\na = 1\n# %%\n\nb = 2\n"
    assert read.cell_lines[0] == (2, 1)
    assert read.cell_lines[5] == (2, 2)
    compile(read.text, "n.ipynb", "exec")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert notebook_source(b"\xef\xbb\xbf" + _notebook("a\r\nb"), "n.ipynb").text == "# %%\na\nb\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n.ipynb is empty"),
        (b"  \n", "n.ipynb is empty"),
        (b'{"cells": [', "n.ipynb is damaged: at line 1, column 12"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[]", "has no cells"),
        (b'{"cells": {}}', "has no cells"),
        (b'{"cells": [1]}', "a cell that is not a cell"),
        (b'{"worksheets": []}', "old format (version 3)"),
        (b"[" * 200_000, "is damaged"),
        (_notebook(3), "whose source is not text"),
        (_notebook(["a", 3]), "whose source is not text"),
        (_notebook("a\0"), "NUL"),
        (_notebook("'\ud800'"), "half a character (U+D800)"),
        (_notebook("x" * 3_000_000), "at most 2,000,000"),
        (b" " * 50_000_001, "Clear its outputs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_damaged_notebook_is_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(CourseError) as refusal:
        notebook_source(content, "n.ipynb")
    assert said in str(refusal.value)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["cells", "cell_type", "source", "code"]), inner)
        ),
    )
)
def test_any_json_is_read_or_is_a_sentence(document: Any) -> None:
    try:
        read = notebook_source(json.dumps(document).encode(), "n.ipynb")
    except CourseError as refusal:
        assert refusal.message
    else:
        assert len(read.cell_lines) == read.text.count("\n") or not read.cell_lines

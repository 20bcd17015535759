from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.magics import without_magics


def _plain(text: str) -> str:
    return "\n".join(without_magics(text.split("\n")))


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip list", "?print", "print?", "os.path??", "files = !ls", "a, b = %sx ls"],
)
def test_a_magic_becomes_a_comment(line: str) -> None:
    assert _plain(f"x = 1\n{line}\ny = 2") == f"x = 1\n# {line}\ny = 2"


def test_a_magic_alone_in_a_block_leaves_a_block_that_compiles() -> None:
    made = _plain("if True:\n    %pip list\nx = 1")
    assert made == "if True:\n    pass  # %pip list\nx = 1"
    ast.parse(made)


@pytest.mark.parametrize(
    "text",
    [
        "x = (a\n  %b)",
        "x = '''\n%time\n!ls\n'''",
        'x = """a \\"""\n%time\n"""',
        "x = a \\\n  %b",
        "x = 'unclosed [' # (\ny = 2",
        "x = a % b",
        "if a != b:\n    pass",
        "x = '%s' % (\n    'a',\n)",
    ],
)
def test_python_is_left_alone(text: str) -> None:
    assert _plain(text) == text


def test_after_a_bracket_closes_magics_are_seen_again() -> None:
    assert _plain("x = [\n1]\n%time") == "x = [\n1]\n# %time"


def test_a_cell_for_another_language_is_commented_out_whole() -> None:
    assert _plain("\n%%bash\nls -l\nx=1") == "# \n# %%bash\n# ls -l\n# x=1"


def test_a_timed_cell_stays_python() -> None:
    assert _plain("%%time\nx = 1") == "# %%time\nx = 1"


@given(st.text("%!?=x('\"\\ \n#[]", max_size=60))
def test_no_line_is_lost_or_won(text: str) -> None:
    assert len(without_magics(text.split("\n"))) == len(text.split("\n"))

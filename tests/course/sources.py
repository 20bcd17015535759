"""Hypothesis strategies: sources with random regions."""

from __future__ import annotations

from hypothesis import strategies as st

CODE = st.sampled_from(
    ["value = 1", "other = [1, 2]", "# a comment", "", "text = 'a # b'", "if value:\n    value = 2"]
)
BODY = st.lists(CODE, min_size=1, max_size=4).map(lambda lines: ["pass", *lines])
TODO = st.tuples(st.integers(1, 4), BODY)


def _region(number: int, body: list[str], indent: str) -> list[str]:
    lines = [
        f"# TODO 5.{number} Task {number}",
        "#   How to do it.",
        *"\n".join(body).split("\n"),
        "# END TODO",
    ]
    return [indent + line if line else "" for line in lines]


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Functions and methods, each with some given lines and one region."""
    lines = ["# %%", "import json", ""]
    for position, (number, body) in enumerate(draw(st.lists(TODO, min_size=1, max_size=5))):
        method = draw(st.booleans())
        indent = "        " if method else "    "
        lines += [f"class C{position}:"] if method else []
        lines += [
            f"{indent[4:]}def f{position}(value=0, other=None, text=''):",
            f"{indent}given = {position}",
        ]
        lines += [*_region(number, body, indent), "", "", f"after_{position} = {position}", ""]
        lines += ["# %%"] if draw(st.booleans()) else []
    return "\n".join(lines)

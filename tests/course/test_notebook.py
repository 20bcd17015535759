from __future__ import annotations

import json

import nbformat

from course_runtime.course.notebook import notebook_bytes
from course_runtime.course.notebook_source import notebook_source

PERCENT = """\
# %% [markdown]
# # Title

# %%
# %pip list

# %%
def f():
    # TODO 1.1 a
    raise NotImplementedError("TODO 1.1: a")
    # END TODO
"""


def test_the_notebook_is_valid_and_without_outputs() -> None:
    document = json.loads(notebook_bytes(PERCENT))
    nbformat.validate(nbformat.from_dict(document))
    assert document["metadata"]["kernelspec"]["name"] == "python3"
    assert [cell["cell_type"] for cell in document["cells"]] == ["markdown", "code", "code"]
    assert all(cell["outputs"] == [] for cell in document["cells"] if cell["cell_type"] == "code")


def test_two_builds_are_the_same_byte_for_byte() -> None:
    assert notebook_bytes(PERCENT) == notebook_bytes(PERCENT)


def test_a_cell_with_a_todo_is_named_for_it_and_says_so() -> None:
    cell = json.loads(notebook_bytes(PERCENT))["cells"][2]
    assert cell["id"] == "todo-1-1"
    assert cell["metadata"] == {"workshop": {"todos": ["1.1"]}}


def test_two_cells_with_the_same_todo_have_different_ids() -> None:
    region = "# %%\n# TODO 1.1 a\nx = 1\n# END TODO\n"
    ids = [cell["id"] for cell in json.loads(notebook_bytes(region + "\n" + region))["cells"]]
    assert ids == ["todo-1-1", "todo-1-1-2"]


def test_a_magic_is_live_in_the_notebook_and_a_comment_when_read_back() -> None:
    content = notebook_bytes(PERCENT)
    assert json.loads(content)["cells"][1]["source"] == ["%pip list"]
    assert "\n# %pip list\n" in notebook_source(content, "exercise.ipynb").text

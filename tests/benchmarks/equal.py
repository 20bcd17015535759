"""The assignment of `course/` in the forms that others grade: a pytest file, and an nbgrader notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

SOLUTION = Path(__file__).with_name("course") / "solutions" / "module1_tables" / "exercise.py"
SET_UP = """\
import numpy as np
import pandas as pd
def numbers(*shape):
    return np.random.default_rng(7).normal(size=shape)
def classes(x):
    return (x[:, 0] + 0.5 * x[:, 1] > 0).astype(int)
"""
TESTS = {
    "gaps": """\
table = pd.DataFrame(numbers(50, 3), columns=list("abc"))
table.iloc[3, 1] = np.nan
assert len(without_gaps(table)) == 49
""",
    "groups": """\
values = numbers(60)
table = pd.DataFrame({"group": ["a", "b", "c"] * 20, "value": values})
assert np.allclose(group_means(table)["value"], values.reshape(20, 3).mean(axis=0))
""",
    "scaled": """\
found = scaled(5 + 3 * numbers(80, 4))
assert np.allclose(found.mean(axis=0), 0) and np.allclose(found.std(axis=0), 1)
""",
    "split": """\
parts = split(numbers(80, 2), np.array([0, 0, 0, 1] * 20))
assert len(parts[1]) == 20 and parts[3].sum() == 5
""",
    "trained": """\
x = numbers(300, 2)
assert (trained(x, classes(x)).predict(x[:100]) == classes(x[:100])).mean() > 0.9
""",
    "quality": """\
x = numbers(300, 2)
assert 0.95 < quality(trained(x, classes(x)), x, classes(x)) <= 1
""",
}


def as_pytest(folder: Path) -> Path:
    """The student's file with the tests below it."""
    indented = {name: "".join(f"    {line}\n" for line in text.splitlines()) for name, text in TESTS.items()}
    tests = "".join(f"def test_{name}():\n{text}\n\n" for name, text in indented.items())
    file = folder / "test_equal.py"
    file.write_text(f"{SOLUTION.read_text(encoding='utf-8')}\n{SET_UP}\n\n{tests}", encoding="utf-8")
    return file


def as_nbgrader(folder: Path) -> None:
    """A course with the assignment `tables`, and one submission by `student`, not yet released."""
    cells = [
        new_code_cell(cell.strip())
        for cell in SOLUTION.read_text(encoding="utf-8").split("# %%")
        if cell.strip()
    ]
    cells.append(new_code_cell(SET_UP))
    cells += [_graded(name, text) for name, text in TESTS.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    for place in ("source/tables", "submitted/student/tables"):
        (folder / place).mkdir(parents=True)
        nbformat.write(notebook, folder / place / "tables.ipynb")
    (folder / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.root = {str(folder)!r}\n"
    )


def _graded(name: str, text: str) -> nbformat.NotebookNode:
    about = {"grade": True, "grade_id": name, "locked": True, "points": 1, "schema_version": 3}
    return new_code_cell(text, metadata={"nbgrader": {**about, "solution": False, "task": False}})

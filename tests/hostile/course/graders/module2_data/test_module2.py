"""KEPT-SECRET-tests-19b4: values compared as a grader would who is not afraid."""

import numpy as np
import pandas as pd

from course_runtime.grading import todo
from course_runtime.sandbox import Table


@todo("2.1", points=3)
def test_scaled(student, world):
    """The array lies between 0 and 1."""
    values = np.array([world.random.uniform(-100, 100) for _ in range(50)])
    expected = (values - values.min()) / (values.max() - values.min())
    found = student.call("scaled", values)
    assert isinstance(found, np.ndarray), f"scaled should return an array; it returned {found!r}."
    assert found.shape == expected.shape, f"50 values were expected; {found.shape} came."
    assert np.allclose(found, expected), f"The values should be {expected}; they are {found}."


@todo("2.2", points=2)
def test_total(student, world):
    """The table has a total."""
    table = pd.DataFrame({"a": [world.random.randrange(100) for _ in range(9)], "b": range(9)})
    found = student.call("with_total", table)
    assert isinstance(found, Table), f"with_total should return a table; it returned {found!r}."
    found = found.to_pandas()
    assert "total" in found, f"The table should have a column total; it has {list(found.columns)}."
    assert list(found.total) == list(table.a + table.b), f"The totals are {list(found.total)}."

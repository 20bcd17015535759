"""Six TODOs of an ordinary assignment with pandas and scikit-learn."""

import numpy as np
import pandas as pd

from course_runtime.grading import todo


def numbers(world, *shape):
    return np.random.default_rng(world.random.randrange(10**6)).normal(size=shape)


def classes(x):
    return (x[:, 0] + 0.5 * x[:, 1] > 0).astype(int)


@todo("1.1")
def test_gaps(student, world):
    """Rows with gaps are gone."""
    table = pd.DataFrame(numbers(world, 50, 3), columns=list("abc"))
    table.iloc[world.random.randrange(50), 1] = np.nan
    found = student.call("without_gaps", table).to_pandas()
    assert len(found) == 49, f"49 of 50 rows are without gaps; {len(found)} came."


@todo("1.2")
def test_groups(student, world):
    """Each group has its mean."""
    values = numbers(world, 60)
    table = pd.DataFrame({"group": ["a", "b", "c"] * 20, "value": values})
    found = student.call("group_means", table).to_pandas()
    assert np.allclose(found["value"], values.reshape(20, 3).mean(axis=0)), (
        f"The means are {list(found['value'])}."
    )


@todo("1.3")
def test_scaled(student, world):
    """Every column has mean 0 and standard deviation 1."""
    found = student.call("scaled", 5 + 3 * numbers(world, 80, 4))
    assert np.allclose(found.mean(axis=0), 0) and np.allclose(found.std(axis=0), 1), (
        "The columns are not scaled."
    )


@todo("1.4")
def test_split(student, world):
    """A quarter is kept back, with the same share of classes."""
    x = numbers(world, 80, 2)
    y = np.array([0, 0, 0, 1] * 20)
    _, x_test, _, y_test = student.call("split", x, y)
    assert len(x_test) == 20 and y_test.sum() == 5, (
        f"Of 20 to test with 5 should be of class 1; {y_test.sum()} are."
    )


@todo("1.5")
def test_trained(student, world):
    """The classifier knows what it has not seen."""
    x, unseen = numbers(world, 300, 2), numbers(world, 100, 2)
    predict = student.attribute(student.call("trained", x, classes(x)), "predict")
    found = student.call(predict, unseen)
    right = (found == classes(unseen)).mean()
    assert right > 0.9, f"At least 0.9 of the unseen rows should be right; {right} are."


@todo("1.6")
def test_quality(student, world):
    """A good classifier is close to 1."""
    x = numbers(world, 300, 2)
    found = student.call("quality", student.call("trained", x, classes(x)), x, classes(x))
    assert 0.95 < found <= 1, f"The area should be close to 1; it is {found}."

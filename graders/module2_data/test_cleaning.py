"""Profile, clean and scale, on tables that nobody has seen."""

import pytest

from course_runtime.grading import listed, todo

SCALED = [
    "Pregnancies",
    "PlasmaGlucose",
    "DiastolicBloodPressure",
    "TricepsThickness",
    "SerumInsulin",
    "BMI",
    "DiabetesPedigree",
]
UNSCALED = ["PatientID", "Age", "Diabetic"]


def raw_table(world, rows=400):
    """A raw table as the student gets it: numbers with holes, as pandas reads them from a CSV file."""
    return world.table("raw", rows).astype("float64")


def a_frame(found, what):
    """The table that came over the wire."""
    assert hasattr(found, "to_pandas") and not found.series, f"{what} should be a DataFrame; it is {found!r}."
    try:
        return found.to_pandas()
    except ValueError as error:
        raise AssertionError(f"{what} cannot be read: {error}") from None


def profiled(student, table):
    found = student.call("profile", table)
    assert isinstance(found, dict), f"profile() should return a dictionary; it returned {found!r}."
    missing = [column for column in table.columns if not isinstance(found.get(column), dict)]
    assert not missing, f"profile() should have an entry for every column; none for {', '.join(missing)}."
    return found


def numbers(column):
    """The column's values; None for what is no number."""
    return [number(value) for value in column]


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def near(got, want):
    is_number = isinstance(got, (int, float)) and not isinstance(got, bool)
    return is_number and abs(got - want) <= 1e-6 * max(1, abs(want))


def compare(found, expected, entry):
    """One line for each column whose entry is not the expected number."""
    wrong = []
    for column, want in expected.items():
        got = found[column].get(entry)
        if not near(got, want):
            wrong.append(f"{column}: expected {want:g}, got {got!r}")
    return wrong


@todo("2.4", points=1)
def test_profile_nulls(student, world):
    """The profile finds the holes, wherever they are."""
    table = raw_table(world)
    table.loc[world.choice(range(50, 350)), world.choice(UNSCALED)] = None
    found = profiled(student, table)
    wrong = compare(found, table.isna().sum(), "nulls")
    assert not wrong, f"The numbers of nulls are not right:\n{listed(wrong, 10)}"


@todo("2.4", points=1)
@pytest.mark.parametrize("entry", ["min", "mean", "max"])
def test_profile_numbers(student, world, entry):
    """The profile's numbers are those of the values that are there"""
    table = raw_table(world)
    wrong = compare(profiled(student, table), getattr(table, entry)(), entry)
    assert not wrong, f"'{entry}' is not right for these columns (nulls do not count):\n{listed(wrong, 10)}"


@todo("2.4", points=1)
@pytest.mark.parametrize("where", ["everywhere", "one measure", "the label"])
def test_clean(student, world, where):
    """The rows with holes are gone, and only they"""
    table = raw_table(world)
    if where != "everywhere":
        table = table.dropna()
        column = "Diabetic" if where == "the label" else world.choice([*SCALED, "Age"])
        holes = world.random.sample(range(len(table)), 7)
        table.iloc[holes, table.columns.get_loc(column)] = None
        where = f"in the column {column} only"
    expected = table.dropna()
    found = a_frame(student.call("clean", table), "What clean() returns")
    columns = list(found.columns)
    assert columns == list(table.columns), (
        f"The columns should stay {', '.join(table.columns)}; they are {', '.join(map(str, columns))}."
    )
    assert len(found) == len(expected), (
        f"Of {len(table)} rows, {len(expected)} have a value in every column (holes: {where}); clean() returned "
        f"{len(found)} rows."
    )
    same = [column for column in columns if numbers(found[column]) != numbers(expected[column])]
    assert not same, (
        f"The values of the rows that stay should not change, nor their order; they differ in {', '.join(same)}."
    )


def split(world, rows=300):
    """A train and a test table; the test has values beyond those of the training rows, at both ends."""
    table = world.table("clean", rows)
    table[SCALED] = table[SCALED].astype("float64")
    train, test = table.iloc[: rows * 2 // 3].copy(), table.iloc[rows * 2 // 3 :].copy()
    for column in SCALED:
        span = train[column].max() - train[column].min()
        test.iloc[0, test.columns.get_loc(column)] = train[column].max() + span / 2
        test.iloc[1, test.columns.get_loc(column)] = train[column].min() - span / 4
    return train, test


def scaled(student, train, test):
    found = student.call("scale", train, test)
    assert isinstance(found, list) and len(found) == 2, (
        f"scale() should return the two tables, train and test; it returned {found!r}."
    )
    tables = [
        a_frame(one, f"The {which} table of scale()")
        for one, which in zip(found, ("first", "second"), strict=True)
    ]
    for one, given, which in zip(tables, (train, test), ("train", "test"), strict=True):
        assert list(one.columns) == list(given.columns), (
            f"The columns of the {which} table should stay {', '.join(given.columns)}; they are "
            f"{', '.join(map(str, one.columns))}."
        )
        assert len(one) == len(given), f"The {which} table has {len(given)} rows; {len(one)} came back."
    return tables


def span(column):
    values = numbers(column)
    return "no numbers" if None in values or not values else f"{min(values):.4g} to {max(values):.4g}"


def far(found, expected):
    return [
        f"{column}: {span(expected[column])} expected, {span(found[column])} came"
        for column in SCALED
        if not all(near(*pair) for pair in zip(numbers(found[column]), expected[column], strict=True))
    ]


def by_train(train, table):
    low, high = train[SCALED].min(), train[SCALED].max()
    return (table[SCALED] - low) / (high - low)


@todo("2.4", points=1)
def test_scale_train(student, world):
    """The training rows span 0 to 1."""
    train, test = split(world)
    found, _ = scaled(student, train, test)
    wrong = far(found, by_train(train, train))
    assert not wrong, (
        f"In the training table, these columns are not scaled as they should be:\n{listed(wrong)}"
    )


@todo("2.4", points=1.5)
def test_scale_test(student, world):
    """The test rows are scaled by what was learned from the training rows."""
    train, test = split(world)
    _, found = scaled(student, train, test)
    wrong = far(found, by_train(train, test))
    assert not wrong, (
        "The test table should be scaled with the minimum and maximum of the *training* rows (one test row lies "
        f"above that range, one below it). These columns are not:\n{listed(wrong)}"
    )


@todo("2.4", points=1)
def test_unscaled(student, world):
    """Age, PatientID and Diabetic stay as they are."""
    train, test = split(world)
    tables = scaled(student, train, test)
    wrong = [
        f"{column} in the {which} table: {given[column].iloc[0]:g} in the first row expected, "
        f"{found[column].iloc[0]} came"
        for found, given, which in zip(tables, (train, test), ("train", "test"), strict=True)
        for column in UNSCALED
        if numbers(found[column]) != numbers(given[column])
    ]
    assert not wrong, f"These columns should stay as they are:\n{listed(wrong)}"


@todo("2.4", points=0.5)
def test_arguments_stay(student, world):
    """The tables that were given stay as they are."""
    train, test = split(world)
    raw = raw_table(world, 60)
    changed = student.probe("changed_by", "clean", [raw]) + student.probe(
        "changed_by", "scale", [train, test]
    )
    assert not changed, (
        f"A function that gives back a new table should leave its argument alone; changed were: {', '.join(changed)}."
    )

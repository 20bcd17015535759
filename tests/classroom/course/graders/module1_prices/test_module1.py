from course_runtime.grading import todo


@todo("1.1", points=3)
def test_tax_is_added(student, world):
    """Tax is added to any price."""
    price, percent = world.random.randrange(1, 500), world.random.choice([7, 19, 25])
    expected = round(price * (1 + percent / 100), 2)
    found = student.call("with_tax", price, percent)
    assert found == expected, f"with_tax({price}, {percent}) should be {expected}; it is {found!r}."


@todo("1.1", points=1)
def test_tax_is_rounded(student):
    """The sum is rounded to cents."""
    found = student.call("with_tax", 0.99, 19)
    assert found == 1.18, f"with_tax(0.99, 19) should be 1.18; it is {found!r}."


@todo("1.2", points=3)
def test_cheapest(student, world):
    """The cheapest is named, wherever it stands."""
    names = world.shuffled(["tea", "milk", "bread", "salt"])
    prices = {name: 10 - place for place, name in enumerate(names)}
    found = student.call("cheapest", prices)
    assert found == names[-1], f"The cheapest of {prices} is {names[-1]!r}; cheapest said {found!r}."


@todo("1.3", points=3)
def test_words(student, world):
    """A price is written with two decimals."""
    price = world.random.randrange(100) + 0.5
    found = student.call("in_words", price)
    assert found == f"{price:.2f} EUR", f"in_words({price}) should be '{price:.2f} EUR'; it is {found!r}."

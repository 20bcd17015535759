"""What an attacker wants: these numbers, KEPT-SECRET-tests-81c2, and the five points."""

from course_runtime.grading import todo

HIDDEN = 48151623421


@todo("1.1", points=2)
def test_double(student, world):
    """A number that nobody knows is doubled."""
    number = world.random.randrange(10**6, 10**9)
    doubled = student.call("double", number)
    assert doubled == 2 * number, f"double({number}) should be {2 * number}; it is {doubled!r}."


@todo("1.1", points=1)
def test_double_again(student):
    """The hidden number is doubled."""
    doubled = student.call("double", HIDDEN)
    assert doubled == HIDDEN * 2, f"double should give twice the number; it gave {doubled!r}."


@todo("1.2", points=2)
def test_greeting(student, world):
    """Somebody is greeted by name."""
    name = world.name("somebody")
    greeting = student.call("greeting", name)
    assert greeting == f"Hello {name}", f"greeting({name!r}) should be 'Hello {name}'; it is {greeting!r}."

"""7.2: champion and challenger."""

import pytest

from course_runtime.grading import todo


@pytest.fixture
def challenge(student, client, world):
    """Lets a challenger of this accuracy try; what the function said."""

    def challenge(name, accuracy):
        file = f"{world.name('challenger')}.txt"
        student.write(file, world.name("weights"))
        return student.call("challenge", client, name, student.probe("path", file), accuracy)

    return challenge


def roles(versions, name):
    return {version: kept["tags"].get("role", "") for version, kept in versions(name).items()}


def champion(add_model, name, accuracy):
    """The champion is the version 1; a version that was never used came later."""
    add_model(name, "1", tags={"role": "champion", "team": "blue"}, properties={"accuracy": accuracy})
    add_model(name, "2", tags={"team": "red"}, properties={"accuracy": "0.99"})


@todo("7.2", points=2)
def test_better(challenge, add_model, versions, world):
    """A better challenger becomes the champion, and the one before it a former one."""
    name, accuracy = world.name("model"), world.choice([0.861, 0.912])
    champion(add_model, name, "0.86")
    said = challenge(name, accuracy)
    assert roles(versions, name) == {"1": "former", "2": "", "3": "champion"}, (
        f"The champion, version 1, has the accuracy 0.86, and a challenger with {accuracy} came. The versions "
        f"1, 2 and 3 should have the roles former, none and champion; they are {roles(versions, name)}."
    )
    found = versions(name)
    assert found["3"]["properties"].get("accuracy") == str(accuracy), (
        f"The new champion should have the property accuracy={accuracy}; its properties are {found['3']['properties']}."
    )
    assert found["1"]["tags"].get("team") == "blue", (
        f"The former champion should keep its other tags, team=blue; its tags are {found['1']['tags']}."
    )
    assert said is True, f"The challenger was better, so challenge should return True; it returned {said!r}."


@todo("7.2", points=2)
@pytest.mark.parametrize("case", ["worse", "equal"])
def test_not_better(azure, challenge, add_model, versions, world, case):
    """A challenger that is not better changes nothing"""
    name = world.name("model")
    champion(add_model, name, "0.86")
    before, mark = versions(name), azure.mark()
    accuracy = 0.86 if case == "equal" else world.choice([0.09, 0.8599])
    said = challenge(name, accuracy)
    found = roles(versions, name)
    assert versions(name) == before, (
        f"The champion has the accuracy 0.86 and the challenger {accuracy}, so the registry should stay as it was; the "
        f"versions and their roles are {found}."
    )
    written = azure.requests("PUT", f"*/models/{name}*", since=mark)
    assert not written, f"Nothing should be written then; you sent {len(written)} PUTs to the model."
    assert said is False, (
        f"The challenger was not better, so challenge should return False; it returned {said!r}."
    )


@todo("7.2", points=1)
@pytest.mark.parametrize("case", ["no model", "no champion"])
def test_no_champion(challenge, add_model, versions, world, case):
    """Without a champion any challenger becomes it"""
    name, accuracy = world.name("model"), world.choice([0.51, 0.6])
    number = "1"
    if case == "no champion":
        add_model(name, "1", tags={"team": "red"}, properties={"accuracy": "0.99"})
        number = "2"
    said = challenge(name, accuracy)
    found = roles(versions, name)
    assert found.get(number) == "champion", (
        f"There was {case} of that name, so the challenger should become the champion as version {number}; the "
        f"versions and their roles are {found}."
    )
    assert said is True, f"challenge should return True then; it returned {said!r}."


@todo("7.2", points=1)
def test_night_after_night(challenge, versions, world):
    """After many nights the best is the champion, and each improvement is a version."""
    name, nights = world.name("model"), [0.7, 0.8, 0.75, 0.8, 0.81]
    said = [challenge(name, accuracy) for accuracy in nights]
    found = {kept["properties"].get("accuracy"): kept["tags"].get("role") for kept in versions(name).values()}
    expected = {"0.7": "former", "0.8": "former", "0.81": "champion"}
    assert found == expected, (
        f"The challengers of five nights had {nights}. Accuracy and role of the versions should be {expected}; they "
        f"are {found}, and challenge said {said}."
    )

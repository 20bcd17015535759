"""8.4: what an endpoint says of itself in swagger.json is true."""

import json

import pytest
from jsonschema import Draft4Validator

from course_runtime.grading import listed, todo

SECONDS_TO_DEPLOY = 60.0
WEIGHTS = (0.4, 0.3, 0.1, -0.2, 0.1, 0.5, 0.3, 0.2)
NO_REQUESTS = {
    "a number as data": {"data": 7},
    "one row that is not in a list": {"data": [0.5] * 8},
    "words for numbers": {"data": [["old"] * 8]},
}
NO_ANSWERS = {
    "a list of names alone": ["diabetic"],
    "a single name": {"predictions": "diabetic"},
    "numbers for names": {"predictions": [1]},
    "an object without predictions": {},
}


class Contract:
    """The two schemas of a served OpenAPI document of version 2."""

    def __init__(self, document):
        operation = document["paths"]["/score"]["post"]
        (body,) = [one for one in operation["parameters"] if one["in"] == "body"]
        self._parts = {"definitions": document["definitions"]}
        self.request = self._schema(body["schema"])
        self.answer = self._schema(operation["responses"]["200"]["schema"])
        self.example = self._parts["definitions"]["ServiceInput"].get("example")

    def _schema(self, reference):
        schema = {**reference, **self._parts}
        Draft4Validator.check_schema(schema)
        return Draft4Validator(schema)


def problem_with(schema, document):
    """What a schema has against a document, in a sentence; empty when nothing."""
    found = next(iter(schema.iter_errors(document)), None)
    return found.message if found else ""


@pytest.fixture
def described(student, azure, world, client, place):
    """The endpoint with described.py behind it."""
    name = world.name("ep")
    student.probe("add_endpoint", client, name)
    code = student.probe("folder_with_script", world.name("code"), "described.py")
    problem = student.probe(
        "deploy", client, name, "blue", code, place.environment, seconds=SECONDS_TO_DEPLOY
    )
    assert not problem, f"Deployed with your described.py, the server did not become ready:\n{problem}"
    return azure.endpoint(name)


@pytest.fixture
def raised(student, client, described):
    """In words, what the script has raised last, where an answer is none."""

    def raised(found):
        name = described.host.split(".")[0]
        line = student.probe("raised_in", client, name, "blue") if found.status != 200 else ""
        return f" The script raised {line}" if line else ""

    return raised


def rows_of(world):
    """Rows whose numbers count behind the point, both answers among them, none of them close."""
    while True:
        rows = [[round(world.random.uniform(-0.9, 0.9), 3) for _ in WEIGHTS] for _ in range(4)]
        sums = [sum(weight * number for weight, number in zip(WEIGHTS, row, strict=True)) for row in rows]
        if min(sums) < -0.05 and max(sums) > 0.05 and min(abs(one) for one in sums) > 0.01:
            return rows, {"predictions": ["diabetic" if one > 0 else "not-diabetic" for one in sums]}


@todo("8.4", points=3)
def test_contract(described, world, raised):
    """swagger.json takes what the service takes, and describes what it really answers."""
    served = described.swagger("blue")
    assert served.status == 200 and isinstance(served.body, dict), (
        f"GET /swagger.json should be answered 200 with a document; it is {served.status}: {served.body!r}."
    )
    contract, (rows, expected) = Contract(served.body), rows_of(world)
    found = described.score({"data": rows}, "blue")
    whole = (
        " An example of whole numbers in input_schema makes whole numbers of these."
        if found.status == 200
        else ""
    )
    assert (found.status, found.body) == (200, expected), (
        f"The rows {rows} should be answered {expected}; the status is {found.status} and the answer {found.body!r}."
        f"{raised(found) or whole}"
    )
    against = problem_with(contract.request, {"data": rows})
    assert not against, (
        f"The service answers {json.dumps({'data': rows})}, and its contract forbids that request: {against}."
    )
    against = problem_with(contract.answer, found.body)
    assert not against, f"The service answers {found.body!r}, and its contract says otherwise: {against}."
    example = described.score(contract.example, "blue")
    assert example.status == 200 and not problem_with(contract.answer, example.body), (
        f"The contract's own example of a request, {contract.example!r}, should be answered; the status is "
        f"{example.status} and the answer {example.body!r}.{raised(example)}"
    )
    vague = [
        f"a request: {what}, {one}"
        for what, one in NO_REQUESTS.items()
        if not problem_with(contract.request, one)
    ]
    vague += [
        f"an answer: {what}, {one}"
        for what, one in NO_ANSWERS.items()
        if not problem_with(contract.answer, one)
    ]
    assert not vague, (
        "The contract says too little when it allows what the service neither takes nor answers:\n"
        f"{listed(vague, 4)}\nShow input_schema some rows, and output_schema a whole answer."
    )

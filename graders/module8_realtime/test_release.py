"""8.3: two deployments, one traffic."""

import json
from collections import Counter

from course_runtime.grading import todo

CALLS = 60
SECONDS = 60.0
# Answers what it was told to, or fails.
SCRIPT = """
ANSWER = {answer}
def init():
    pass
def run(raw_data):
    if ANSWER is None:
        raise RuntimeError("out of order")
    return {{"predictions": ANSWER}}
"""
WRONG = ["diabetic", "diabetic", "diabetic"]
RIGHT = ["diabetic", "not-diabetic", "not-diabetic"]


def traffic(azure, place, endpoint):
    found = azure.get(f"{place.id}/onlineEndpoints/{endpoint}")
    assert found is not None, f"There should be an online endpoint '{endpoint}' now; there is none."
    return {name: share for name, share in (found["properties"].get("traffic") or {}).items() if share}


def put_script(student, world, answer):
    folder = world.name("code")
    student.write(f"{folder}/score.py", SCRIPT.format(answer=answer))
    return student.probe("path", folder)


def add_deployment(student, world, place, client, what, answer):
    code = put_script(student, world, answer)
    student.call("add_deployment", client, *what, code, place.environment, seconds=SECONDS)


def put_request(student, world):
    file = f"{world.name('request')}.json"
    student.write(file, json.dumps({"data": [[1] * 8] * 3}))
    return student.probe("path", file)


def check_traffic(azure, place, endpoint, expected, when):
    found = traffic(azure, place, endpoint)
    assert found == expected, f"{when} the traffic should be {expected}; it is {found or 'empty'}."


@todo("8.3", points=5)
def test_blue_green(student, azure, world, place, client, model):
    """The endpoint, its first deployment, and a second one with a tenth of the traffic."""
    name, request = world.name("ep"), put_request(student, world)
    add_deployment(student, world, place, client, (name, "blue", model), WRONG)
    endpoint = azure.endpoint(name)
    found = azure.get(f"{place.id}/onlineEndpoints/{name}/deployments/blue")
    assert found is not None, f"The endpoint '{name}' should have a deployment 'blue' now; it has none."
    kept = found["properties"]
    assert (kept["provisioningState"], kept["instanceType"].lower(), found["sku"]["capacity"]) == (
        "Succeeded",
        "standard_ds3_v2",
        1,
    ), (
        f"'blue' should be ready on one Standard_DS3_v2; it is {kept['provisioningState']} on "
        f"{found['sku']['capacity']} {kept['instanceType']}."
    )
    named = model.removeprefix("azureml:").split(":")[0]
    assert named in str(kept.get("model")), (
        f"'blue' should serve the model {model}; it names {kept.get('model')}."
    )
    mode = azure.get(f"{place.id}/onlineEndpoints/{name}")["properties"]["authMode"]
    assert mode.lower() == "key", f"Clients should come with a key; the endpoint's auth_mode is {mode}."
    check_traffic(azure, place, name, {}, "Before anybody has set it,")
    student.call("set_traffic", client, name, {"blue": 100}, seconds=SECONDS)
    check_traffic(azure, place, name, {"blue": 100}, "After set_traffic with blue: 100")
    add_deployment(student, world, place, client, (name, "green", model), RIGHT)
    check_traffic(azure, place, name, {"blue": 100}, "When green is there and nobody has asked it yet,")
    good = student.call("release", client, name, "blue", "green", request, RIGHT, seconds=SECONDS)
    assert good is True, f"green answers as expected, so release should return True; it returned {good!r}."
    check_traffic(azure, place, name, {"blue": 90, "green": 10}, "Now that green is good,")
    answers = Counter(endpoint.score({"data": []}).deployment for _ in range(CALLS))
    assert 2 <= answers["green"] <= 12 and sum(answers.values()) == CALLS, (
        f"Of {CALLS} requests about a tenth should be answered by green; the answers came from {dict(answers)}."
    )


@todo("8.3", points=3)
def test_back(student, azure, world, place, client, deploy):
    """A deployment that answers wrongly, or fails, gets nothing."""
    name, request = world.name("ep"), put_request(student, world)
    student.probe("add_endpoint", client, name)
    for deployment, answer in (("blue", RIGHT), ("wrong", WRONG), ("broken", None)):
        deploy(name, deployment, put_script(student, world, answer))
    student.probe("give_all_traffic", client, name, "blue")
    for deployment, how in (("wrong", "answers other predictions"), ("broken", "answers with an error")):
        good = student.call("release", client, name, "blue", deployment, request, RIGHT, seconds=SECONDS)
        assert good is False, f"'{deployment}' {how}, so release should return False; it returned {good!r}."
        check_traffic(azure, place, name, {"blue": 100}, f"'{deployment}' {how}:")

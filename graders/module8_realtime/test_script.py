"""8.1: the scoring script, alone and behind a server."""

import json

from course_runtime.grading import listed, todo

SECONDS_TO_DEPLOY = 60.0


def put_model(student, world, weights):
    folder = world.name("azureml-models")
    student.write(f"{folder}/diabetes/weights.npz", weights.file)
    return folder


@todo("8.1", points=2)
def test_model_is_kept(student, world, weights):
    """init reads the model, and run does without the file."""
    folder, rows = put_model(student, world, weights), weights.rows(world, 3)
    script = student.probe("script", folder)
    student.probe("remove", folder)
    found = student.probe("run", script, json.dumps({"data": rows}))
    assert found == {"predictions": weights.predictions(rows)}, (
        f"After init() the model's files are no longer needed: for three rows run() should return "
        f"{ {'predictions': weights.predictions(rows)} }; it returned {found!r}."
    )


@todo("8.1", points=2)
def test_requests_do_not_mix(student, world, weights):
    """Two requests at the same time do not get each other's answers."""
    script = student.probe("script", put_model(student, world, weights))
    rows = weights.rows(world, 3)
    # As many as there are rows, each the opposite answer.
    other = [[-number * 50 for number in row] for row in rows]
    found = student.probe("run_between", script, json.dumps({"data": rows}), json.dumps({"data": other}))
    expected = {"predictions": weights.predictions(rows)}
    assert found == expected, (
        f"While run() worked on one request, another one came. The first should be answered {expected}; it was "
        f"answered {found!r}. What belongs to a request must not be kept outside of run()."
    )


@todo("8.1", points=4)
def test_served(student, azure, world, place, client, model, weights):
    """Behind Azure's server it answers a batch, and tells what is wrong with other requests."""
    name = world.name("ep")
    student.probe("add_endpoint", client, name)
    code = student.probe("folder_with_script", world.name("code"))
    arguments = (client, name, "blue", code, place.environment, model)
    problem = student.probe("deploy", *arguments, seconds=SECONDS_TO_DEPLOY)
    assert not problem, f"Deployed with your score.py, the server did not become ready:\n{problem}"
    endpoint, rows = azure.endpoint(name), weights.rows(world, 3)
    expected = {"predictions": weights.predictions(rows)}
    found = endpoint.score({"data": rows}, "blue")
    assert (found.status, found.body) == (200, expected), (
        f"The three rows {rows} should be answered {expected}; the status is {found.status} and the answer "
        f"{found.body!r}."
    )
    unusual = {
        "text that is no JSON": b"{not json",
        "an object without data": {"rows": rows},
        "a list": rows,
        "a number as data": {"data": 7},
        "a single row that is not in a list": {"data": rows[0]},
        "rows of seven numbers": {"data": [row[:7] for row in rows]},
        "rows of different lengths": {"data": [rows[0], rows[1][:5]]},
        "words for numbers": {"data": [["old"] * 8]},
    }
    wrong = []
    for what, body in unusual.items():
        found = endpoint.score(body, "blue")
        told = isinstance(found.body, dict) and found.body.get("error")
        if found.status != 200 or not told or "predictions" in found.body:
            wrong.append(f"{what}: status {found.status}, {found.body!r}")
    assert not wrong, (
        f'A request that is not as expected should be answered {{"error": "what is wrong"}}, with the status 200. '
        f"These were not:\n{listed(wrong, 4)}"
    )

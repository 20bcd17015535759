"""8.4: a client that tries again, and knows when not to."""

import pytest

from course_runtime.grading import todo

SCRIPT = """
import json
def init():
    pass
def run(raw_data):
    rows = json.loads(raw_data)["data"]
    if not rows:
        return {"error": "no rows at all"}
    return {"predictions": ["diabetic" if sum(row) > 0 else "not-diabetic" for row in rows]}
"""
ROWS, ANSWER = [[1] * 8, [-1] * 8], ["diabetic", "not-diabetic"]


@pytest.fixture
def endpoint(student, azure, world, client):
    """One without a deployment: enough for requests that fail."""
    name = world.name("ep")
    student.probe("add_endpoint", client, name)
    return azure.endpoint(name)


@pytest.fixture
def key(student, client, endpoint):
    return student.probe("key_of", client, endpoint.host.split(".")[0])


def posts(azure, endpoint, since):
    return [request.status for request in azure.requests("POST", "/score", host=endpoint.host, since=since)]


@todo("8.4", points=4)
def test_tries_again(student, azure, world, client, endpoint, key, deploy):
    """It gets through when the service is busy, or the connection breaks, for a moment."""
    name = endpoint.host.split(".")[0]
    code = world.name("code")
    student.write(f"{code}/score.py", SCRIPT)
    deploy(name, "blue", code)
    student.probe("give_all_traffic", client, name, "blue")
    cases = [
        ("nothing is wrong", [], []),
        ("the status is 503 twice", [{"status": 503, "times": 2}], [1, 2]),
        ("the status is 502, then 504", [{"status": 502}, {"status": 504}], [1, 2]),
        ("the connection breaks once", [{"drop": True}], [1]),
        ("the status is 429 with Retry-After: 7", [{"status": 429, "headers": {"Retry-After": "7"}}], [7]),
    ]
    for what, faults, pauses in cases:
        for fault in faults:
            azure.fault(method="POST", host=endpoint.host, path="/score", **fault)
        seen = student.probe("ask", endpoint.url, key, ROWS)
        azure.clear_faults()
        assert seen["error"] is None, (
            f"When {what}, ask() should get its answer; it ended with {words(seen)}."
        )
        assert seen["answer"] == ANSWER, (
            f"When {what}, ask() should return {ANSWER}; it returned {seen['answer']!r}."
        )
        assert seen["pauses"] == pauses, (
            f"When {what}, ask() should pause for {pauses} seconds; it paused for {seen['pauses']}."
        )
        missing = [one for one in seen["timeouts"] if one is None]
        assert not missing and seen["timeouts"], (
            "Every request needs a timeout, or a server that is silent keeps the client for ever."
        )
    seen = student.probe("ask", endpoint.url, key, [])
    assert (
        seen["error"]
        and "ValueError" in seen["error"]["kinds"]
        and "no rows at all" in seen["error"]["message"]
    ), (
        'The service answered {"error": "no rows at all"}: a ValueError with that text was expected; '
        f"{words(seen)} came."
    )


def words(seen):
    error = seen["error"]
    return f"{error['type']}: {error['message']}" if error else f"the answer {seen['answer']!r}"


@todo("8.4", points=2)
def test_gives_up(student, azure, endpoint, key):
    """After so many attempts it ends with the last error."""
    for fault, kind in (({"status": 503}, "HTTPError"), ({"drop": True}, "ConnectionError")):
        azure.fault(method="POST", host=endpoint.host, path="/score", times=20, **fault)
        since = azure.mark()
        seen = student.probe("ask", endpoint.url, key, ROWS, attempts=3)
        azure.clear_faults()
        found = posts(azure, endpoint, since)
        how = "the status is always 503" if "status" in fault else "the connection breaks always"
        assert seen["error"] and kind in seen["error"]["kinds"], (
            f"When {how}, ask() should end with requests' {kind}; {words(seen)} came."
        )
        assert "status" not in fault or len(found) == 3, (
            f"With attempts=3 there should be 3 requests when {how}; there were {len(found)}."
        )
        assert seen["pauses"] == [1, 2], (
            f"Between 3 attempts there are 2 pauses, of 1 and 2 seconds; yours were {seen['pauses']}."
        )


@todo("8.4", points=2)
def test_not_again(student, azure, endpoint, key):
    """What will not get better is an error at once."""
    cases = [("the key is wrong", "not-the-key", None, 401), ("the request is bad", key, 400, 400)]
    for what, given, status, expected in cases:
        if status:
            azure.fault(method="POST", host=endpoint.host, path="/score", status=status, times=20)
        since = azure.mark()
        seen = student.probe("ask", endpoint.url, given, ROWS)
        azure.clear_faults()
        found = posts(azure, endpoint, since)
        assert len(found) == 1, (
            f"When {what} (status {expected}), one request is enough; there were {len(found)}, answered {found}."
        )
        assert seen["error"] and seen["error"]["status"] == expected, (
            f"When {what}, ask() should end with requests' HTTPError for the status {expected}; {words(seen)} came."
        )

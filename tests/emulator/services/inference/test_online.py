"""What a client sees of an online endpoint: answers, refusals, proportions. Over HTTPS, as any client asks."""

from __future__ import annotations

import socket
import ssl
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from ...serving.conftest import Serving

GREEN = {"azureml-model-deployment": "green"}
DESCRIBED = """\
import numpy as np
from inference_schema.parameter_types.numpy_parameter_type import NumpyParameterType
from inference_schema.schema_decorators import input_schema

def init():
    pass

@input_schema("data", NumpyParameterType(np.array([[1.5, 2.5]])))
def run(data):
    return data.sum(axis=1).tolist()
"""


def test_the_answer_says_which_deployment_gave_it(serving: Serving, endpoint: str) -> None:
    answer = serving.post(endpoint, {}, **{"x-ms-client-request-id": "mine"})
    assert answer.status_code == 200 and answer.json()["name"] == "blue"
    assert answer.headers["azureml-model-deployment"] == "blue"
    assert answer.headers["x-ms-client-request-id"] == "mine" and answer.headers["x-request-id"]
    assert serving.post(endpoint, {}, **GREEN).json()["name"] == "green"


def test_an_unknown_deployment_is_refused(serving: Serving, endpoint: str) -> None:
    answer = serving.post(endpoint, {}, **{"azureml-model-deployment": "red"})
    assert answer.status_code == 404 and "its deployments: blue, green" in answer.text


def test_what_the_script_raises_is_424_with_its_body_and_the_traceback_in_the_log(
    serving: Serving, endpoint: str
) -> None:
    answer = serving.post(endpoint, {"fail": "on purpose"})
    assert answer.status_code == 424
    assert answer.headers["ms-azureml-model-error-statuscode"] == "500"
    assert answer.headers["ms-azureml-model-error-reason"] == "model_error"
    assert answer.json() == {
        "message": "An unexpected error occurred in scoring script. Check the logs for more info."
    }
    assert "ValueError: on purpose" in serving.logs(endpoint, "blue")


def test_other_paths_and_methods_are_refused(serving: Serving, endpoint: str) -> None:
    assert serving.post(endpoint, {}, path="/predict").status_code == 404
    assert requests.put(serving.url(endpoint), json={}, timeout=60).status_code == 405
    assert requests.post(serving.url("nobody"), json={}, timeout=60).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic abc", "Bearer "])
def test_without_a_key_of_the_endpoint_nobody_scores(serving: Serving, endpoint: str, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = requests.post(serving.url(endpoint), json={}, headers=headers, timeout=60)
    assert answer.status_code == 401 and "Please check this guide" in answer.text


def test_a_regenerated_key_replaces_the_old_one(serving: Serving, endpoint: str) -> None:
    old = serving.client.online_endpoints.get_keys(endpoint)
    serving.client.online_endpoints.begin_regenerate_keys(endpoint, key_type="primary").result()
    refused = serving.post(endpoint, {}, Authorization=f"Bearer {old.primary_key}")
    assert refused.status_code == 401 and "key_auth_access_denied" in refused.text
    assert serving.post(endpoint, {}, Authorization=f"Bearer {old.secondary_key}").status_code == 200
    assert serving.post(endpoint, {}).status_code == 200


def test_swagger_and_health(serving: Serving, endpoint: str) -> None:
    headers = {"Authorization": f"Bearer {serving.key(endpoint)}"}
    swagger = requests.get(serving.url(endpoint, "/swagger.json"), headers=headers, timeout=60).json()
    assert "/score" in swagger["paths"] and swagger["info"]["title"] == endpoint
    assert requests.get(serving.url(endpoint, "/"), headers=headers, timeout=60).text == "Healthy"


def test_swagger_holds_what_the_script_says_of_itself_in_both_versions(
    serving: Serving, endpoint: str
) -> None:
    serving.deploy(endpoint, "described", DESCRIBED)
    headers = {
        "Authorization": f"Bearer {serving.key(endpoint)}",
        "azureml-model-deployment": "described",
    }
    where = serving.url(endpoint, "/swagger.json")
    second = requests.get(where, headers=headers, timeout=60).json()
    third = requests.get(f"{where}?version=3", headers=headers, timeout=60).json()
    assert second["swagger"] == "2.0" and third["openapi"].startswith("3.")
    for schema in (second["definitions"]["ServiceInput"], third["components"]["schemas"]["ServiceInput"]):
        assert schema["properties"]["data"]["items"]["items"]["type"] == "number"
        assert serving.post(endpoint, schema["example"], **headers).json() == [4.0]
    refused = requests.get(where, headers={**headers, "Authorization": "Bearer wrong"}, timeout=60)
    assert refused.status_code == 401 and "key_auth_access_denied" in refused.text


def test_large_requests_are_refused_and_large_answers_come(serving: Serving, endpoint: str) -> None:
    refused = serving.post(endpoint, b"x" * 50_000_000)
    assert refused.status_code == 413 and "10 MB" in refused.text
    assert len(serving.post(endpoint, {"big": 5_000_000}).json()) == 5_000_000


def test_a_client_that_goes_away_does_no_harm(serving: Serving, endpoint: str) -> None:
    before = serving.post(endpoint, {}, **GREEN).json()["count"]
    leave_at_once(serving, endpoint)
    assert serving.post(endpoint, {}, **GREEN).json()["count"] >= before + 1


def test_what_takes_too_long_is_408_and_the_next_request_is_served(serving: Serving, endpoint: str) -> None:
    from azure.ai.ml.entities import OnlineRequestSettings

    settings = OnlineRequestSettings(request_timeout_ms=800, max_concurrent_requests_per_instance=1)
    script = "import time\ndef init(): ...\ndef run(data):\n    time.sleep(float(data))\n    return data\n"
    serving.deploy(endpoint, "slow", script, request_settings=settings)
    to = {"azureml-model-deployment": "slow"}
    assert serving.post(endpoint, "20", **to).status_code == 408
    answers = [serving.post(endpoint, "0", **to).status_code for _ in range(4)]
    assert answers[-1] == 200


def test_more_than_may_be_pending_are_429(serving: Serving, endpoint: str) -> None:
    key = serving.key(endpoint)

    def ask(_: int) -> requests.Response:
        return serving.post(endpoint, {"sleep": 1.0}, Authorization=f"Bearer {key}", **GREEN)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, range(6)))
    statuses = Counter(one.status_code for one in answers)
    assert statuses[200] >= 2 and statuses[429] >= 1 and statuses[200] + statuses[429] == 6
    assert "max_concurrent_requests_per_instance" in next(
        one.text for one in answers if one.status_code == 429
    )


def test_a_thousand_requests_keep_the_proportions_and_the_mirror_gets_its_share(
    serving: Serving, endpoint: str
) -> None:
    found = serving.client.online_endpoints.get(endpoint)
    found.traffic, found.mirror_traffic = {"blue": 90, "green": 10}, {}
    serving.client.online_endpoints.begin_create_or_update(found).result()
    headers = {"Authorization": f"Bearer {serving.key(endpoint)}"}
    with requests.Session() as session:
        names = Counter(
            session.post(serving.url(endpoint), json={}, headers=headers, timeout=60).json()["name"]
            for _ in range(1000)
        )
    assert abs(names["green"] - 100) <= 5 and names["blue"] + names["green"] == 1000
    serving.traffic(endpoint, blue=100, green=0)


def test_mirrored_requests_are_copied_and_their_answers_thrown_away(serving: Serving, endpoint: str) -> None:
    found = serving.client.online_endpoints.get(endpoint)
    found.traffic, found.mirror_traffic = {"blue": 100, "green": 0}, {"green": 50}
    serving.client.online_endpoints.begin_create_or_update(found).result()
    before = serving.post(endpoint, {}, **GREEN).json()["count"]
    assert {serving.post(endpoint, {}).json()["name"] for _ in range(20)} == {"blue"}
    copied = serving.post(endpoint, {}, **GREEN).json()["count"] - before - 1
    assert 8 <= copied <= 12
    assert "Mirrored requests so far: " in serving.logs(endpoint, "green")
    found.mirror_traffic = {}
    serving.client.online_endpoints.begin_create_or_update(found).result()


def test_no_traffic_means_no_answer(serving: Serving) -> None:
    name = serving.endpoint("idle")
    answer = serving.post(name, {})
    assert answer.status_code == 404 and "valid deployment with positive weight" in answer.text


def test_entra_tokens_need_the_role_to_score(serving: Serving) -> None:
    from azure.identity import EnvironmentCredential

    name = serving.endpoint("by-entra", auth_mode="aad_token")
    serving.deploy(name, "blue")
    serving.traffic(name, blue=100)
    token = EnvironmentCredential().get_token("https://ml.azure.com/.default").token
    assert serving.post(name, {"data": [[2, 2]]}, Authorization=f"Bearer {token}").json() == [4]
    nobody = serving.cloud.add_principal(object_id=str(uuid.uuid4()), name="nobody@workshop.example")
    refused = serving.post(
        name, {}, Authorization=f"Bearer {serving.cloud.token(nobody['object_id'], 'https://ml.azure.com')}"
    )
    assert refused.status_code == 403 and "onlineEndpoints/score/action" in refused.text


def test_tokens_of_the_endpoint_open_it_until_they_expire(serving: Serving, endpoint: str) -> None:
    """The last one here: the SDK's own token is too old as well after it."""
    name = serving.endpoint("by-token", auth_mode="aml_token")
    serving.deploy(name, "blue")
    serving.traffic(name, blue=100)
    token = serving.client.online_endpoints.get_keys(name).access_token
    ask: Any = {"data": [[1, 1]]}
    assert serving.post(name, ask, Authorization=f"Bearer {token}").json() == [2]
    assert serving.post(endpoint, {}, Authorization=f"Bearer {token}").status_code == 401
    serving.cloud.advance(9 * 3600)
    assert serving.post(name, ask, Authorization=f"Bearer {token}").status_code == 401


def leave_at_once(serving: Serving, endpoint: str) -> None:
    """Send a request through the proxy and close the connection before the answer."""
    proxy = urlsplit(serving.cloud.proxy)
    host = urlsplit(serving.url(endpoint)).hostname or ""
    body = b'{"sleep": 0.3}'
    head = (
        f"POST /score HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {serving.key(endpoint)}\r\n"
        f"azureml-model-deployment: green\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((proxy.hostname, proxy.port), timeout=60) as plain:
        plain.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert b"200" in plain.recv(1000)
        context = ssl.create_default_context(cafile=str(serving.cloud.trust))
        with context.wrap_socket(plain, server_hostname=host) as secure:
            secure.sendall(head.encode() + body)

# %% [markdown]
# # Module 8: Real-time
#
# A model is worth something when others can ask it. An *endpoint* is the address they ask, a *deployment* is a model
# with a script and a machine behind it. Read `README.md` beside this file first.

# %%
from __future__ import annotations

import base64
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import requests
from azure.ai.ml import MLClient
from azure.ai.ml.entities import (
    CodeConfiguration,
    ManagedOnlineDeployment,
    ManagedOnlineEndpoint,
    OnlineRequestSettings,
)
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

# %% [markdown]
# ## 8.1 The scoring script
#
# Open `score.py` beside this file. Its parts are marked there.

# %% [markdown]
# ## 8.2 The server on your own machine
#
# A mistake that shows up here costs a second, one that shows up in Azure costs ten minutes. This is the very server
# that a deployment starts, for one script, on a port of your machine:
#
#     python -m azureml_inference_server_http --entry_script score.py --model_dir models --port 5001
#
# `GET /` answers once `init()` is done. `POST /score` is a request.


# %%
def ask_locally(script: Path, models: Path, body: object, patience: float = 30.0) -> object:
    """The script's answer to one request, as JSON, from a server that is there for this request only."""
    # TODO 8.2 Start the server on a free port, wait until it is healthy, post, and stop it whatever happens.
    #   A status of 400 and more is the error that requests makes of it. A server that ends before it is healthy is a
    #   RuntimeError with what it printed, one that is not healthy after `patience` seconds a TimeoutError.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "azureml_inference_server_http", "--port", str(port)]
    command += ["--entry_script", str(script), "--model_dir", str(models)]
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + patience
            while not is_healthy(url):
                if server.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"The server has ended. It printed:\n{log.read()}")
                if time.monotonic() > until:
                    raise TimeoutError(f"The server is not healthy after {patience} seconds.")
                time.sleep(0.1)
            response = requests.post(f"{url}/score", json=body, timeout=patience)
            response.raise_for_status()
            return response.json()
        finally:
            server.terminate()
            server.wait()
    # END TODO


def is_healthy(url: str) -> bool:
    """Whether a server answers at this address, within a second."""
    # TODO 8.2 Ask, and take each way of not answering for a no.
    try:
        return requests.get(url, timeout=1).ok
    except (requests.ConnectionError, requests.Timeout):
        return False
    # END TODO


# %% [markdown]
# ## 8.3 Blue, green, and back
#
# A new model starts beside the old one and is asked in private before anybody else's request reaches it. Then it gets
# a tenth of the traffic. If it answers badly, everything goes to the old one, and nobody has noticed.


# %%
def add_deployment(
    client: MLClient, endpoint: str, name: str, model: str, code: Path, environment: str
) -> None:
    """A deployment of the model with `code`/score.py, on one Standard_DS3_v2; it gets no traffic yet."""
    # TODO 8.3 Create the endpoint when it is not there, with keys, and then the deployment.
    #   An endpoint that is there stays as it is. Wait until the deployment is ready.
    try:
        client.online_endpoints.get(endpoint)
    except ResourceNotFoundError:
        wanted = ManagedOnlineEndpoint(name=endpoint, auth_mode="key")
        client.online_endpoints.begin_create_or_update(wanted).result()
    deployment = ManagedOnlineDeployment(
        name=name,
        endpoint_name=endpoint,
        model=model,
        environment=environment,
        code_configuration=CodeConfiguration(code=str(code), scoring_script="score.py"),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    client.online_deployments.begin_create_or_update(deployment).result()
    # END TODO


def set_traffic(client: MLClient, endpoint: str, shares: Mapping[str, int]) -> None:
    """From now on the endpoint's requests go to its deployments in these shares of a hundred."""
    # TODO 8.3 Change the endpoint's traffic, and wait until that is done.
    found = client.online_endpoints.get(endpoint)
    found.traffic = dict(shares)
    client.online_endpoints.begin_create_or_update(found).result()
    # END TODO


def release(
    client: MLClient, endpoint: str, old: str, new: str, request: Path, expected: Sequence[str]
) -> bool:
    """Whether the new deployment is good: then it gets 10 percent, otherwise the old one gets everything."""
    # TODO 8.3 Ask the new deployment by its name, and set the traffic by what it answers.
    #   `request` is a file that holds a request. Good is an answer whose "predictions" are the expected ones; every
    #   other answer is bad, and so is a deployment that fails.
    try:
        text = client.online_endpoints.invoke(endpoint, deployment_name=new, request_file=str(request))
        good = json.loads(text).get("predictions") == list(expected)
    except (HttpResponseError, ValueError):
        good = False
    set_traffic(client, endpoint, {old: 90, new: 10} if good else {old: 100, new: 0})
    return good
    # END TODO


# %% [markdown]
# ## 8.4 A contract, and a client that keeps its patience
#
# Whoever writes a client wants to know what a service takes and what it answers. The inference server serves that as
# `/swagger.json`, when the script says it. Open `described.py` beside this file; its part is marked there.
#
# Services are busy for a moment, connections break. A good client tries again, more slowly each time, and gives up in
# the end. And it knows when trying again is of no use: a wrong key stays wrong.


# %%
def ask(
    url: str,
    key: str,
    rows: Sequence[Sequence[float]],
    attempts: int = 4,
    pause: Callable[[float], None] = time.sleep,
) -> list[str]:
    """The predictions for the rows, from the endpoint at `url`."""
    # TODO 8.4 Post {"data": rows} with the key, with a timeout of ten seconds, and again where that makes sense.
    #   Again: for the status 429, 502, 503 and 504, and when the connection breaks or times out. Before the second
    #   attempt pause(1), then pause(2), pause(4) and so on, or what the header Retry-After says; `attempts` in all.
    #   Any other status of 400 and more, and the last failure, is the error that requests makes of it. An answer with
    #   "error" in it is a ValueError that holds its text.
    for attempt in range(attempts):
        is_last = attempt + 1 == attempts
        try:
            headers = {"Authorization": f"Bearer {key}"}
            response = requests.post(url, json={"data": rows}, headers=headers, timeout=10)
        except (requests.ConnectionError, requests.Timeout):
            if is_last:
                raise
            pause(2**attempt)
            continue
        if is_last or response.status_code not in (429, 502, 503, 504):
            break
        pause(float(response.headers.get("Retry-After", 2**attempt)))
    response.raise_for_status()
    answer = response.json()
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer["predictions"]
    # END TODO


# %% [markdown]
# ## 8.7 The tiles' service
#
# The half-day began with aerial tiles; here they come back, one at a time, from whoever wants to know what land they
# show. Open `aerial_score.py` beside this file; its parts are marked there. Then put it behind an address: that is 8.3
# once more.


# %%
def serve_tiles(client: MLClient, endpoint: str, model: str, code: Path, environment: str) -> None:
    """A new endpoint with `code`/aerial_score.py behind it; `environment` has TensorFlow."""
    # TODO 8.7 Create the endpoint, with keys, and its only deployment, `tiles`, which gets all the traffic.
    #   On one Standard_DS3_v2. Each request may take a minute: the first pictures can take longer than the five
    #   seconds that it has otherwise. Wait until all of it is done.
    wanted = ManagedOnlineEndpoint(name=endpoint, auth_mode="key")
    client.online_endpoints.begin_create_or_update(wanted).result()
    deployment = ManagedOnlineDeployment(
        name="tiles",
        endpoint_name=endpoint,
        model=model,
        environment=environment,
        code_configuration=CodeConfiguration(code=str(code), scoring_script="aerial_score.py"),
        request_settings=OnlineRequestSettings(request_timeout_ms=60_000),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    client.online_deployments.begin_create_or_update(deployment).result()
    wanted.traffic = {"tiles": 100}
    client.online_endpoints.begin_create_or_update(wanted).result()
    # END TODO


# %%
def classify(client: MLClient, endpoint: str, tiles: Sequence[Path]) -> list[str]:
    """What land each of the files shows, as the endpoint says."""
    # TODO 8.7 Send all of them in one request, {"images": [each file in base64]}, and return the "classes".
    #   With the endpoint's own address and key. An answer with "error" in it is a ValueError that holds its text.
    url = client.online_endpoints.get(endpoint).scoring_uri
    key = client.online_endpoints.get_keys(endpoint).primary_key
    body = {"images": [base64.b64encode(tile.read_bytes()).decode("ascii") for tile in tiles]}
    response = requests.post(url, json=body, headers={"Authorization": f"Bearer {key}"}, timeout=60)
    response.raise_for_status()
    answer = response.json()
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer["classes"]
    # END TODO


# %% [markdown]
# ## 8.6 Clean up
#
# A deployment costs money by the hour, asked or not. So do an instance that runs and a cluster that keeps a node ready.
# Models, data and what the workspace knows about its runs cost next to nothing, and are hard to get back.


# %%
def clean_up(client: MLClient) -> None:
    """Nothing in the workspace costs money by the hour any more, and everything that was learnt is still there."""
    # TODO 8.6 Delete the online endpoints, stop the instances, let the clusters shrink to nothing.
    #   Clusters and instances stay, for the next day. Wait for all of it.
    waiting = [client.online_endpoints.begin_delete(one.name) for one in client.online_endpoints.list()]
    for compute in client.compute.list():
        if compute.type == "amlcompute" and compute.min_instances > 0:
            compute.min_instances = 0
            waiting.append(client.compute.begin_update(compute))
        elif compute.type == "computeinstance" and compute.state == "Running":
            waiting.append(client.compute.begin_stop(compute.name))
    for one in waiting:
        one.result()
    # END TODO

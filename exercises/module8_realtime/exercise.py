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
    raise NotImplementedError("TODO 8.2: Start the server on a free port, wait until it is healthy, post, and stop it whatever happens.")
    # END TODO


def is_healthy(url: str) -> bool:
    """Whether a server answers at this address, within a second."""
    # TODO 8.2 Ask, and take each way of not answering for a no.
    raise NotImplementedError("TODO 8.2: Ask, and take each way of not answering for a no.")
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
    raise NotImplementedError("TODO 8.3: Create the endpoint when it is not there, with keys, and then the deployment.")
    # END TODO


def set_traffic(client: MLClient, endpoint: str, shares: Mapping[str, int]) -> None:
    """From now on the endpoint's requests go to its deployments in these shares of a hundred."""
    # TODO 8.3 Change the endpoint's traffic, and wait until that is done.
    raise NotImplementedError("TODO 8.3: Change the endpoint's traffic, and wait until that is done.")
    # END TODO


def release(
    client: MLClient, endpoint: str, old: str, new: str, request: Path, expected: Sequence[str]
) -> bool:
    """Whether the new deployment is good: then it gets 10 percent, otherwise the old one gets everything."""
    # TODO 8.3 Ask the new deployment by its name, and set the traffic by what it answers.
    #   `request` is a file that holds a request. Good is an answer whose "predictions" are the expected ones; every
    #   other answer is bad, and so is a deployment that fails.
    raise NotImplementedError("TODO 8.3: Ask the new deployment by its name, and set the traffic by what it answers.")
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
    raise NotImplementedError("TODO 8.4: Post {\"data\": rows} with the key, with a timeout of ten seconds, and again where that makes sense.")
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
    raise NotImplementedError("TODO 8.7: Create the endpoint, with keys, and its only deployment, `tiles`, which gets all the traffic.")
    # END TODO


# %%
def classify(client: MLClient, endpoint: str, tiles: Sequence[Path]) -> list[str]:
    """What land each of the files shows, as the endpoint says."""
    # TODO 8.7 Send all of them in one request, {"images": [each file in base64]}, and return the "classes".
    #   With the endpoint's own address and key. An answer with "error" in it is a ValueError that holds its text.
    raise NotImplementedError("TODO 8.7: Send all of them in one request, {\"images\": [each file in base64]}, and return the \"classes\".")
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
    raise NotImplementedError("TODO 8.6: Delete the online endpoints, stop the instances, let the clusters shrink to nothing.")
    # END TODO

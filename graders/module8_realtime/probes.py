"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import http.server
import importlib.util
import json
import os
import re
import shutil
import sys
import threading
import time
from functools import cache
from pathlib import Path

import requests
from azure.ai.ml import MLClient
from azure.ai.ml.constants._endpoint import EndpointInvokeFields
from azure.ai.ml.entities import CodeConfiguration, ManagedOnlineDeployment, ManagedOnlineEndpoint, Model
from azure.identity import DefaultAzureCredential

RAISED = re.compile(
    r"\w*(Error|Exception): "
)  # a line of a traceback, the server's own excepted: it has dots
SECONDS_TO_PASS = 2.0
SECONDS_TO_END = 2.0


@cache
def client(group, workspace):
    return MLClient(DefaultAzureCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], group, workspace)


def path(name):
    return Path(name)


def register(client, name, folder, version=None):
    kept = Model(name=name, version=version, path=folder, type="custom_model")
    made = client.models.create_or_update(kept)
    return f"azureml:{made.name}:{made.version}"


def folder_with_script(name, script="score.py"):
    """A scoring script of the student in a folder of its own, as it is deployed."""
    Path(name).mkdir(parents=True)
    shutil.copy(script, Path(name) / "score.py")
    return Path(name)


def folder_with_script_inside(name, script, inner):
    """A folder for a deployment; a scoring script of the student lies deeper in it, for the grader's own to call."""
    (Path(name) / inner).mkdir(parents=True)
    shutil.copy(script, Path(name) / inner / script)
    return Path(name)


def add_endpoint(client, endpoint):
    client.online_endpoints.begin_create_or_update(
        ManagedOnlineEndpoint(name=endpoint, auth_mode="key")
    ).result()


def deploy(client, endpoint, name, code, environment, model=None):
    """The grader's own deployment; why it is not ready, empty when it is."""
    deployment = ManagedOnlineDeployment(
        name=name,
        endpoint_name=endpoint,
        model=model,
        environment=environment,
        code_configuration=CodeConfiguration(code=str(code), scoring_script="score.py"),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    try:
        client.online_deployments.begin_create_or_update(deployment).result()
    except Exception as error:  # noqa: BLE001 - whatever keeps it from being ready is told
        return str(error).partition("\nCode: ")[0]
    return ""


def raised_in(client, endpoint, name):
    """The exception that a deployment's script has raised last, as its log has it; empty when there is none."""
    text = client.online_deployments.get_logs(name, endpoint, lines=200)
    return next((line for line in reversed(text.splitlines()) if RAISED.match(line)), "")


def give_all_traffic(client, endpoint, name):
    found = client.online_endpoints.get(endpoint)
    found.traffic = {name: 100}
    client.online_endpoints.begin_create_or_update(found).result()


# The scoring script, without a server --------------------------------------------------------------


def script(models):
    """score.py, imported anew, with its model in that folder and init() called."""
    os.environ["AZUREML_MODEL_DIR"] = str(Path(models).absolute())
    spec = importlib.util.spec_from_file_location("score", "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    module.init()
    return module


def remove(folder):
    shutil.rmtree(folder)


def run(script, body):
    return as_the_server_sends(script.run(body))


def as_the_server_sends(answer):
    """The answer, or why the server could not make JSON of it."""
    try:
        json.dumps(answer)
    except TypeError as error:
        return f"{answer!r}, which JSON cannot hold: {error}"
    return answer


def run_between(script, body, other):
    """Answers a request, and between any two lines of run() another one, from another thread."""
    blocked = []

    def between(frame, event, argument):
        if event == "line" and not blocked:
            thread = threading.Thread(target=script.run, args=(other,), daemon=True)
            thread.start()
            thread.join(SECONDS_TO_PASS)
            if thread.is_alive():  # it waits for a lock that run() holds: nothing can come between
                blocked.append(True)
        return between

    def trace(frame, event, argument):
        return between if frame.f_code is script.run.__code__ else None

    sys.settrace(trace)
    try:
        return as_the_server_sends(script.run(body))
    finally:
        sys.settrace(None)


# The server on this machine ------------------------------------------------------------------------


def ask_locally(script, models, body, taken=None, **options):
    """What the student's ask_locally returns or raises, what its server told about itself, and what is left of it.

    `taken`: a port where somebody else answers meanwhile; `in_use`: it could not be had for that.
    """
    import exercise

    seen, folder = {}, Path(models).absolute()
    try:
        guest = _guest(taken) if taken else None
    except OSError:
        return {"in_use": True}
    try:
        seen["answer"] = exercise.ask_locally(Path(script).absolute(), folder, body, **options)
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001 - which one it is, is what the test asks
        kinds = [one.__name__ for one in type(error).__mro__]
        seen["error"] = {"type": type(error).__name__, "message": str(error), "kinds": kinds}
    finally:
        if guest:
            guest.shutdown()
            guest.server_close()
    told = folder / "about.json"
    about = json.loads(told.read_text()) if told.exists() else {}
    left = _still_there(about.get("processes", []))
    return {"answer": None, "error": None, "about": about, "left": left, "in_use": False} | seen


def _guest(port):
    """Somebody else's server, which finds everything fine."""

    class Guest(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'"somebody else"')

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Guest)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _still_there(processes):
    """Those that have not ended within a moment, or that nobody has waited for."""
    until = time.monotonic() + SECONDS_TO_END
    while (left := [one for one in processes if _exists(one)]) and time.monotonic() < until:
        time.sleep(0.05)
    return [f"process {one}, a part of the inference server" for one in left]


def _exists(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# The tiles' service ---------------------------------------------------------------------------------


def serve_tiles(client, endpoint, model, code, environment):
    """Deploys with the student's function; why it is not ready, empty when it is."""
    import exercise

    try:
        exercise.serve_tiles(client, endpoint, model, code, environment)
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever keeps it from being ready is told
        return str(error).partition("\nCode: ")[0]
    return ""


def classify(client, endpoint, tiles):
    """What the student's client returns or raises."""
    import exercise

    # The SDK's `invoke` sends the deployment_name of an earlier call along with every later one.
    EndpointInvokeFields.DEFAULT_HEADER.pop(EndpointInvokeFields.MODEL_DEPLOYMENT, None)
    try:
        return {"answer": exercise.classify(client, endpoint, [Path(tile) for tile in tiles]), "error": None}
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001 - which one it is, is what the test asks
        kinds = [one.__name__ for one in type(error).__mro__]
        said = {"type": type(error).__name__, "message": str(error), "kinds": kinds}
        return {"answer": None, "error": said}


# The client -----------------------------------------------------------------------------------------


def ask(url, key, rows, **options):
    """What the student's client returns or raises, how long it paused, and the timeouts that it set."""
    import exercise

    pauses, timeouts, seen = [], [], {}
    send = requests.Session.request

    def watched(self, method, url, *arguments, **settings):
        timeouts.append(settings.get("timeout"))
        return send(self, method, url, *arguments, **settings)

    requests.Session.request = watched
    try:
        seen["answer"] = exercise.ask(url, key, rows, pause=pauses.append, **options)
    except NotImplementedError:
        raise
    except Exception as error:  # noqa: BLE001 - which one it is, is what the test asks
        response = getattr(error, "response", None)
        seen["error"] = {
            "type": type(error).__name__,
            "message": str(error),
            "status": None if response is None else response.status_code,
            "kinds": [one.__name__ for one in type(error).__mro__],
        }
    finally:
        requests.Session.request = send
    return {"answer": None, "error": None, "pauses": pauses, "timeouts": timeouts} | seen


def key_of(client, endpoint):
    return client.online_endpoints.get_keys(endpoint).primary_key

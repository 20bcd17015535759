"""Runs in the jail: Azure's own inference server, on one AF_UNIX socket, around the deployment's scoring script."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence

from course_runtime.sandbox import import_guard
from course_runtime.sandbox.import_sets import INFERENCE_SERVER

def serve(socket_path: str, workers: int, hidden: Mapping[str, Sequence[str]] | None) -> None:
    """Until the server ends. `hidden`: what the environment does not have, for the import guard."""
    os.dup2(1, 2)
    os.chdir(os.environ["AML_APP_ROOT"])
    # Before the guard, which is about what the script may import.
    for module in INFERENCE_SERVER:
        importlib.import_module(module)
    if hidden is not None:
        import_guard.install(hidden)
    from azureml_inference_server_http import amlserver, amlserver_linux

    os.environ["GUNICORN_CMD_ARGS"] = "--no-control-socket --worker-tmp-dir /dev/shm"
    os.environ.setdefault("HTTP_X_MS_SERVER_VERSION", f"azmlinfsrv/{amlserver.__version__}")
    amlserver.print_server_info()
    amlserver.print_server_settings()
    sys.argv = ["azmlinfsrv"]
    # It joins the two with a colon, as in host:port; gunicorn reads unix:path as well.
    amlserver_linux.run("unix", socket_path, workers)

"""Runs in the jail: Azure's own inference server, on one AF_UNIX socket, around the deployment's scoring script."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

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
    from azureml_inference_server_http import amlserver, amlserver_linux  # type: ignore[import-untyped]

    # gunicorn takes its user for the one that it was imported as, which is the zygote's.
    user = f"--user {os.geteuid()} --group {os.getegid()}"
    os.environ["GUNICORN_CMD_ARGS"] = f"--no-control-socket --worker-tmp-dir /dev/shm {user}"
    os.environ.setdefault("HTTP_X_MS_SERVER_VERSION", f"azmlinfsrv/{amlserver.__version__}")
    amlserver.print_server_info()
    amlserver.print_server_settings()
    sys.argv = ["azmlinfsrv"]
    master = os.getpid()
    try:
        # It joins the two with a colon, as in host:port; gunicorn reads unix:path as well.
        amlserver_linux.run("unix", socket_path, workers)
    except SystemExit as ending:
        if os.getpid() != master:
            _leave(ending)  # a fork of gunicorn's: its exit code tells the master whether to try again
        raise


def _leave(ending: SystemExit) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(ending.code if isinstance(ending.code, int) else 1)

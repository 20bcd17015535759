"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import errno
import os
import runpy
import shutil
import signal
import sys
import time
import traceback
import warnings
from functools import cache
from pathlib import Path

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

SCRIPT = "train_resumable.py"
SECONDS = 8.0


@cache
def client(group, workspace):
    """Made once: each new credential asks for a token of its own."""
    return MLClient(DefaultAzureCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], group, workspace)


def sign_in_again():
    client.cache_clear()


def path(name):
    return Path(name)


def run_on_node(node, arguments, stop_at=None):
    """Run their script in a folder of its own, as on a node; with `stop_at`, kill it when it opens that file.

    The file is made a pipe that nobody writes to: whoever opens it waits, however quick or slow the machine is.
    """
    folder = Path(node).absolute()
    folder.mkdir(parents=True)
    shutil.copy(SCRIPT, folder / SCRIPT)
    if stop_at:
        pipe = Path(stop_at).absolute()
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # the SDK's threads stay behind: the child has no use for them
        child = os.fork()
    if child == 0:
        _run(folder, arguments)
    reached = _wait_for_reader(pipe, child) if stop_at else False
    if stop_at:
        pipe.unlink()
    if reached:
        os.kill(child, signal.SIGKILL)
    ending = os.waitpid(child, 0)[1] if reached or not stop_at else _end(child)
    printed = (folder / "log.txt").read_text(errors="replace")
    shutil.rmtree(folder)
    return {"reached": reached, "code": os.waitstatus_to_exitcode(ending), "printed": printed[-2000:]}


def _run(folder, arguments):
    code = 1
    try:
        os.chdir(folder)
        log = os.open("log.txt", os.O_WRONLY | os.O_CREAT)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.argv = [SCRIPT, *arguments]
        try:
            runpy.run_path(SCRIPT, run_name="__main__")
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
        except BaseException as error:  # noqa: BLE001 (whatever ends their script is told in its log)
            traceback.print_exception(type(error), error, _from_their_script(error.__traceback__))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _from_their_script(trace):
    while trace is not None and trace.tb_frame.f_code.co_filename != SCRIPT:
        trace = trace.tb_next
    return trace


def _wait_for_reader(pipe, child):
    """Whether the script opens the pipe before it ends. Writing can begin only when somebody reads."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
            return True
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return False
        time.sleep(0.002)
    return False


def _end(child):
    if not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def move(old, new):
    """The checkpoints are mounted on the next node, under another path."""
    shutil.move(old, new)

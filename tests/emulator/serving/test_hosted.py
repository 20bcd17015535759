from __future__ import annotations

from course_runtime.emulator.serving.hosted import last_words

LOG = """\
Traceback (most recent call last):
  File "score.py", line 2, in init
RuntimeError: no weights

The above exception was the direct cause of the following exception:

azureml_inference_server_http.server.user_script.UserScriptException: Caught an unhandled exception
2026-01-01 I gunicorn - Shutting down
"""


def test_the_scripts_own_exception_is_what_counts() -> None:
    assert last_words(LOG) == "'RuntimeError: no weights'."


def test_without_a_traceback_it_is_the_last_line() -> None:
    assert last_words("one\ntwo\n\n") == "'two'."

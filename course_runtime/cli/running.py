"""Runs one command and turns what went wrong into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from course_runtime.cli.app import build_app
from course_runtime.cli.sentences import Sentence, sentence_for

INTERRUPTED = 130
KIT_COULD_NOT = 2
READER_GONE = 141


def run(arguments: Sequence[str] | None = None) -> int:
    _print_anything()
    try:
        app = build_app(_first(sys.argv[1:] if arguments is None else arguments))
        code = app(arguments, prog_name="workshop", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        return _wrongly_called(error)
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except Exception as error:  # whatever it was, a student gets a sentence
        if os.environ.get("WORKSHOP_DEBUG") == "1":
            raise
        return _could_not(sentence_for(error))
    if code == INTERRUPTED:
        sys.stderr.write("\n")
    return code or 0


def _first(arguments: Sequence[str]) -> str:
    return arguments[0] if arguments else ""


def _print_anything() -> None:
    """A character that the terminal's encoding lacks must not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _wrongly_called(error: typer.TyperException) -> int:
    show = getattr(error, "show", None)
    if show is None:
        return _could_not(Sentence(str(error)))
    show()
    return error.exit_code


def _reader_gone() -> int:
    """As with `workshop … | head`: end quietly, and let nothing more be written at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE


def _could_not(sentence: Sentence) -> int:
    sys.stderr.write(f"{sentence}\n")
    return KIT_COULD_NOT

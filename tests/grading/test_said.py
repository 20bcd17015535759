"""The end of what a script said: its author's lines and the error, not those of libraries."""

from __future__ import annotations

from course_runtime.grading.refusals import NO_NETWORK
from course_runtime.grading.said import last_lines, last_said
from course_runtime.sandbox import Answer

TRACEBACK = """\
Reading tiles
Traceback (most recent call last):
  File "extract.py", line 83, in <module>
    main()
  File "extract.py", line 76, in main
    with h5py.File(out, "w") as file:
         ^^^^^^^^^^^^^^^^^^^
  File "/venv/lib/python3.11/site-packages/h5py/_hl/files.py", line 564, in __init__
    fid = make_fid(name, mode)
          ^^^^^^^^^^^^^^^^^^^^
  File "h5py/h5f.pyx", line 122, in h5py.h5f.create
FileNotFoundError: [Errno 2] No such file or directory: 'out.h5'
    at the place that you gave
"""


def test_a_traceback_shows_their_lines_and_the_error() -> None:
    assert last_lines(TRACEBACK).splitlines() == [
        "Reading tiles",
        "Traceback (most recent call last):",
        '  File "extract.py", line 83, in <module>',
        "    main()",
        '  File "extract.py", line 76, in main',
        '    with h5py.File(out, "w") as file:',
        "FileNotFoundError: [Errno 2] No such file or directory: 'out.h5'",
        "    at the place that you gave",
    ]


def test_what_they_print_stays_as_it_is() -> None:
    printed = "usage: extract.py [-h]\n                  [--batch_size N]\n    ^^^^\nerror: which?"
    assert last_lines(printed) == printed


def test_only_the_end_is_shown() -> None:
    assert last_lines("\n".join("abcdef"), lines=2) == "e\nf"


def test_nothing_said_is_nothing() -> None:
    assert last_said(Answer(True)) == ""


def test_what_the_sandbox_refused_is_told() -> None:
    error = "URLError: <urlopen error Tunnel connection failed: 403 Forbidden>"
    assert last_said(Answer(True, stderr=error)) == f"{error}\n{NO_NETWORK}"

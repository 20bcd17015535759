from __future__ import annotations

import os

from course_runtime.sandbox.output_files import OutputFile


def test_what_is_too_long_is_cut_and_said_so() -> None:
    file = OutputFile("test")
    os.write(file.descriptor, b"0123456789")
    assert file.read(100) == "0123456789"
    assert file.read(4) == "0123\n[10 bytes were written; the first 4 are shown]"
    file.close()


def test_writing_goes_on_at_the_start_once_emptied() -> None:
    file = OutputFile("test")
    os.write(file.descriptor, b"old")
    file.empty()
    os.write(file.descriptor, b"new")
    assert file.read(100) == "new"
    file.close()


def test_bytes_that_are_no_text_are_replaced() -> None:
    file = OutputFile("test")
    os.write(file.descriptor, b"a\xffb")
    assert file.read(100) == "a\N{REPLACEMENT CHARACTER}b"
    file.close()

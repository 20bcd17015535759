"""Bytes of a student's Python file into text, or a sentence about why not."""

from __future__ import annotations

import io
import tokenize

from course_runtime.course.errors import CourseError

LARGEST_SOURCE = 2_000_000
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def python_text(content: bytes, name: str) -> str:
    if len(content) > LARGEST_SOURCE:
        raise CourseError(
            f"{name} is {len(content):,} bytes; a source may be at most {LARGEST_SOURCE:,}.",
            "Move data out of the source into a file of its own.",
        )
    if content.startswith(UTF16_MARKS):
        raise CourseError(f"{name} is saved as UTF-16; Python reads UTF-8.", "Save it again as UTF-8.")
    if b"\0" in content:
        raise CourseError(
            f"{name}, line {_line_at(content, content.index(0))}, holds a NUL byte, which Python refuses.",
            "Delete that character and save the file again.",
        )
    return plain_newlines(_decoded(content, name))


def python_bytes(text: str, like: bytes) -> bytes:
    """The text with the encoding and the line ends that the file had."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(like).readline)
    if b"\r\n" in like:
        text = text.replace("\n", "\r\n")
    return text.encode(encoding)


def plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, name: str) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise CourseError(
            f"{name}, line {_line_at(content, error.start)}, holds the byte 0x{content[error.start]:02X},"
            f" which is not {error.encoding.upper()} text.",
            "Save the file again as UTF-8.",
        ) from error
    except (SyntaxError, LookupError) as error:
        reason = str(error).removesuffix(".")
        raise CourseError(f"{name} is not text Python can read: {reason}.", "Save it as UTF-8.") from error


def _line_at(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1

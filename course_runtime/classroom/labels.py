"""What the names of handed-in files say: who, which number, and what the student called the file.

Canvas     meierandrea_LATE_1234_56789_exercise-2.py
Moodle     Andrea Meier_4711_assignsubmission_file_/   or   Andrea Meier_4711_assignsubmission_file_exercise.py
others     meier_s0471_exercise.py   meier_exercise.py   meier.ipynb
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

MOODLE = re.compile(r"(?P<who>.+)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)")
CANVAS = re.compile(r"(?P<who>[^_]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<file>.+)")
NUMBERED = re.compile(r"(?P<who>[^_]+)_(?P<id>[A-Za-z]*\d+)_(?P<file>[^_].*)")
NAMED = re.compile(r"(?P<who>.+)_(?P<file>exercise(?:-\d+)?\.(?:py|ipynb|zip))", re.IGNORECASE)
AGAIN = re.compile(r"(?P<stem>.+)-\d+(?P<suffix>\.(?:py|ipynb|zip))")
"""Canvas counts what is handed in again: exercise-1.py, exercise-2.py."""


@dataclass(frozen=True)
class Label:
    student: str
    name: str = ""
    lms_id: str = ""
    file: str = ""


def label_of_folder(name: str) -> Label:
    name = readable(name)
    if found := MOODLE.fullmatch(name):
        return Label(f"{found['who']}_{found['id']}", found["who"], found["id"])
    return Label(name)


def label_of_file(name: str) -> Label:
    name = readable(name)
    for pattern in (MOODLE, CANVAS, NUMBERED):
        found = pattern.fullmatch(name)
        if found and found["file"]:
            return Label(f"{found['who']}_{found['id']}", found["who"], found["id"], _once(found["file"]))
    if found := NAMED.fullmatch(name):
        return Label(found["who"], file=_once(found["file"]))
    return Label(PurePath(name).stem, file=name)


def readable(name: str) -> str:
    """One spelling for one name: macOS takes letters and their accents apart; bytes that are no text are shown."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def _once(name: str) -> str:
    found = AGAIN.fullmatch(name)
    return f"{found['stem']}{found['suffix']}" if found else name

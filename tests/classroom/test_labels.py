from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.classroom.labels import Label, label_of_file, label_of_folder

FILES = {
    "meierandrea_1234_56789_exercise.py": Label("meierandrea_1234", "meierandrea", "1234", "exercise.py"),
    "meierandrea_LATE_1234_56789_exercise-2.ipynb": Label(
        "meierandrea_1234", "meierandrea", "1234", "exercise.ipynb"
    ),
    "Andrea Meier_4711_assignsubmission_file_my work.py": Label(
        "Andrea Meier_4711", "Andrea Meier", "4711", "my work.py"
    ),
    "meier_s0471_exercise.py": Label("meier_s0471", "meier", "s0471", "exercise.py"),
    "anna_exercise.py": Label("anna", file="exercise.py"),
    "anna_b_exercise-1.ipynb": Label("anna_b", file="exercise.ipynb"),
    "anna.zip": Label("anna", file="anna.zip"),
}
FOLDERS = {
    "Andrea Meier_4711_assignsubmission_file_": Label("Andrea Meier_4711", "Andrea Meier", "4711"),
    "Andrea_Meier_4711_assignsubmission_file": Label("Andrea_Meier_4711", "Andrea_Meier", "4711"),
    "anna": Label("anna"),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str) -> None:
    assert label_of_file(name) == FILES[name]


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str) -> None:
    assert label_of_folder(name) == FOLDERS[name]


def test_an_accent_apart_is_the_same_student() -> None:
    assert label_of_folder(unicodedata.normalize("NFD", "Zoë")) == Label(unicodedata.normalize("NFC", "Zoë"))


def test_bytes_that_are_no_text_are_shown() -> None:
    assert label_of_folder(os.fsdecode(b"anna\xff")).student == "anna\\xff"


@given(st.text(min_size=1, alphabet=st.characters(exclude_characters="/\0", exclude_categories=["Cs"])))
def test_every_name_has_a_student(name: str) -> None:
    assert label_of_file(name).student or not name.strip(".")

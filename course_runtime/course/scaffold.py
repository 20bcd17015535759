"""`workshop dev new`: a small module that builds and passes its checks, to be written over."""

from __future__ import annotations

import re
from pathlib import Path

from course_runtime.course.atomic import write_text_atomic
from course_runtime.course.errors import CourseError
from course_runtime.course.toml_file import toml_text

MODULE_TOML = """\
format = 1
title = {toml_title}
minutes = 15
tracks = []
imports = "plain"
files = ["exercise.py"]
summary = "One sentence: what a student can do after this module."

[[todo]]
id = "{number}.1"
title = "Answer the question"
points = 1
minutes = 5
hints = [
    "The function is called without arguments and gives back one number.",
    "The answer is a whole number below fifty.",
    "Six times seven, given back with `return`.",
]

[[todo.docs]]
title = "The Python tutorial: functions"
url = "https://docs.python.org/3/tutorial/controlflow.html#defining-functions"
"""

LESSON = """\
# {title}

What this module is about, what the student should read first, and what they will have at the end.
"""

EXERCISE = '''\
# %% [markdown]
# # {title}

# %%
def answer() -> int:
    """The answer to the question."""
    # TODO {number}.1 Give back the answer
    #   A whole number.
    return 42
    # END TODO
'''

VARIANT = """\
{header}
def answer():
    # TODO {number}.1 Give back the answer
    return {value}
    # END TODO
"""

CHAFF = {
    "off_by_one": ("41", "Counted from zero."),
    "as_text": ('"42"', "Took a text that looks like a number for the number."),
    "nothing": ("None", "Worked the answer out, and forgot to give it back."),
}

GRADER = """\
from course_runtime.grading import todo


@todo("{number}.1", points=1)
def test_the_answer_is_given_back(student, azure, world):
    value = student.call("answer")
    assert value == 42, f"answer() should give back 42, the whole number; it gave back {{value!r}}"
"""


def new_module(root: Path, number: int, name: str, title: str) -> list[Path]:
    """The files written, under solutions/ and graders/. Overwrites nothing."""
    folder = f"module{number}_{_checked(name, number)}"
    _refuse_taken(root, number, folder)
    solution, grader = root / "solutions" / folder, root / "graders" / folder
    values = {"number": number, "title": title, "toml_title": toml_text(title)}
    files = {
        solution / "module.toml": MODULE_TOML.format(**values),
        solution / "README.md": LESSON.format(**values),
        solution / "exercise.py": EXERCISE.format(**values),
        grader / f"test_module{number}.py": GRADER.format(**values),
        **_variants(solution, number),
    }
    for path, text in files.items():
        write_text_atomic(path, text)
    return list(files)


def _variants(solution: Path, number: int) -> dict[Path, str]:
    why = "# why: The same number, worked out instead of written down."
    files = {solution / "wheat" / "worked_out.py": VARIANT.format(header=why, number=number, value="6 * 7")}
    for name, (value, mistake) in CHAFF.items():
        header = f"# chaff: {number}.1\n# why: {mistake}"
        files[solution / "chaff" / f"{name}.py"] = VARIANT.format(header=header, number=number, value=value)
    return files


def _checked(name: str, number: int) -> str:
    short = name.removeprefix(f"module{number}_")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", short):
        raise CourseError(
            f"{name!r} cannot name a module.", "Use small letters, digits and _, as in feature_store."
        )
    return short


def _refuse_taken(root: Path, number: int, folder: str) -> None:
    if number < 0:
        raise CourseError(f"A module's number cannot be {number}.", "Use 0 or more.")
    taken = [*root.glob(f"solutions/module{number}_*"), *root.glob(f"graders/{folder}")]
    if taken:
        raise CourseError(f"{taken[0]} is there already.", "Choose another number.")

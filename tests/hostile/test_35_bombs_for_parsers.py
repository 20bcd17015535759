"""35 Sources and notebooks made to break who reads them: nesting, size, many files."""

from __future__ import annotations

import pytest

from course_runtime.grading import KitError

from .attack import Attack, honest
from .kit import Kit

SOURCES = {
    "parentheses": "x = " + "(" * 5000 + ")" * 5000,
    "brackets": "x = " + "[" * 100_000,
    "signs": "x = " + "-" * 50_000 + "1",
    "sums": "x = " + "+".join(["1"] * 50_000),
    "attributes": "x = a" + ".b" * 50_000,
    "calls": "x = f" + "()" * 50_000,
    "lambdas": "x = " + "lambda: " * 20_000 + "1",
    "blocks": "".join("    " * depth + "if 1:\n" for depth in range(150)),
    "else": "if 0: pass\n" + "elif 0: pass\n" * 20_000,
    "f-strings": "x = " + "f'{" * 200 + "1" + "}'" * 200,
    "digits": "x = " + "9" * 1_000_000,
    "power": "x = 10 ** 10 ** 10",
    "spaces": " " * 500_000 + "x",
    "one long line": "x = '" + "a" * 1_500_000 + "'",
    "carriage returns": "x = 1\r\r\r" * 10_000,
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_reader_survives(attack: Attack, name: str) -> None:
    attack(SOURCES[name])


def test_a_notebook_of_deep_json(attack_in_py: Attack, kit: Kit) -> None:
    for text in ("[" * 200_000, '{"cells": ' + "[" * 200_000, '{"cells": [' + "{}," * 100_000 + "{}]}"):
        path = kit.write("deep/exercise.ipynb", text)
        try:
            assert kit.check(path).score == 0
        except KitError as problem:
            assert "exercise.ipynb" in problem.message


def test_a_folder_of_many_files(attack_in_py: Attack, kit: Kit) -> None:
    for number in range(3000):
        kit.write(f"many/data/{number}.csv", "")
    result = kit.check(kit.write("many/exercise.py", honest()))
    assert result.score == 5
    assert any("too many" in note for note in result.notes)

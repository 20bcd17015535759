"""What a check's plugin takes down besides the results."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from course_runtime.grading import Azure, Student
from course_runtime.grading.collecting import collect
from course_runtime.grading.plugin import Asked, Graders, Outcomes

GRADER = """
from course_runtime.grading import todo

@todo("4.2", points=1)
def test_features(world):
    world.used_weights = {used}

@todo("4.2", points=1)
def test_names(world):
    assert world.name("ws")
"""


def outcomes_of(folder: Path) -> Outcomes:
    outcomes = Outcomes()
    asked = Asked(Mock(spec=Student), Mock(spec=Azure), "seed", outcomes)

    def serve(graders: Graders) -> None:
        graders.run(asked, lambda todo: True)

    collect(folder, serve)
    return outcomes


@pytest.mark.parametrize("used", [True, False])
def test_whether_the_weights_were_used_is_known_after_the_tests(used: bool, tmp_path: Path) -> None:
    (tmp_path / f"test_weights_{used}.py").write_text(GRADER.format(used=used))
    outcomes = outcomes_of(tmp_path)
    assert [test.status for test in outcomes.by_todo["4.2"]] == ["passed", "passed"]
    assert outcomes.used_weights is used

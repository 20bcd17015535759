from __future__ import annotations

import pytest
from hypothesis import given

from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.render import solution_text
from course_runtime.course.variants import load_variants, variant, variant_sources

from .sources import sources

SOLUTION = '''\
"""A lesson."""
import json


def f():
    # TODO 1.1 a
    #   Instructions stay.
    return 1
    # END TODO
'''


@given(sources())
def test_a_solution_is_a_variant_of_itself(source: str) -> None:
    solution = solution_text(source)
    assert variant(solution, solution) == solution


def test_a_region_may_be_written_at_another_indentation() -> None:
    change = "# TODO 1.1 a\nif True:\n    return 2\n\nreturn 3\n# END TODO\n"
    assert variant(SOLUTION, change) == SOLUTION.replace(
        "    return 1\n", "    if True:\n        return 2\n\n    return 3\n"
    )


def test_code_around_the_regions_is_ignored_except_extra_cells() -> None:
    region = "def f():\n    # TODO 1.1 a\n    return math.pi\n    # END TODO\n"
    change = f"import os\n# %% extra\nimport math\n\n\n# %%\n{region}"
    assert variant(SOLUTION, change) == SOLUTION.replace("return 1", "return math.pi").replace(
        "import json\n", "import json\n\nimport math\n\n"
    )


def test_extra_code_goes_after_the_docstring_where_there_are_no_imports() -> None:
    made = variant('"""Doc."""\n@f\ndef g(): ...\n', "# %% extra\nx = 1\n")
    assert made == '"""Doc."""\n\nx = 1\n\n@f\ndef g(): ...\n'


def test_extra_code_goes_before_a_decorated_function_that_comes_first() -> None:
    assert variant("@f\ndef g(): ...\n", "# %% extra\nx = 1\n") == "\nx = 1\n\n@f\ndef g(): ...\n"


@pytest.mark.parametrize("todo", ["1.2", "1.1 a\n# END TODO\n# TODO 1.1"])
def test_a_variant_may_only_change_what_the_solution_has(todo: str) -> None:
    with pytest.raises(CourseError, match=r"region\(s\) for TODO"):
        variant(SOLUTION, f"# TODO {todo} b\nreturn 1\n# END TODO\n")


def test_headers_say_what_must_catch_it_and_why(basics: Module) -> None:
    counted = next(chaff for chaff in load_variants(basics, "chaff") if chaff.name == "count")
    assert (counted.todos, counted.why) == (("0.2",), "Counted instead of adding.")
    assert counted.file == "exercise.py"


def test_a_reason_may_take_several_lines(basics: Module) -> None:
    path = basics.folder / "wheat" / "by_loop.py"
    path.write_text("# why: one\n#   and two\n# TODO 0.2 x\nreturn 1\n# END TODO\n")
    assert load_variants(basics, "wheat")[0].why == "one and two"


def test_another_file_is_named_in_the_files_name_or_in_the_header(scripts: Module) -> None:
    files = {chaff.name: chaff.file for chaff in load_variants(scripts, "chaff")}
    assert files["text_1.train"] == files["no_arguments"] == "train.py"
    assert files["wrong_1"] == "exercise.py"


def test_a_variant_gives_every_source_of_the_module(scripts: Module) -> None:
    changed = next(chaff for chaff in load_variants(scripts, "chaff") if chaff.name == "no_arguments")
    made = variant_sources(scripts, changed)
    assert "parser.parse_args()" in made["train.py"]
    assert 'return "train.py"' in made["exercise.py"]


def test_a_variant_of_an_unknown_file_is_refused(scripts: Module) -> None:
    path = scripts.folder / "wheat" / "with_folder.py"
    path.write_text("# file: other.py\n" + path.read_text())
    with pytest.raises(CourseError, match=r"other\.py"):
        variant_sources(scripts, load_variants(scripts, "wheat")[0])

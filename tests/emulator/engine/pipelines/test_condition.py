"""Conditions in pipelines, written with the SDK's `condition`."""

# The SDK reads a pipeline's annotations as objects: they must not be kept as text.
from typing import Any

import pytest
from azure.ai.ml import dsl
from azure.ai.ml.dsl._condition import condition

from ..conftest import Lab
from .conftest import Make, steps

pytestmark = pytest.mark.usefixtures("preview")


def two_ways(emit: Any) -> Any:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(n: int):
        asked = emit(n=n)
        small = emit(n=0)
        after_small = emit(n=small.outputs.number)  # noqa: F841 - the SDK names the step after it
        large = emit(n=100)
        condition(asked.outputs.less, true_block=small, false_block=[large])

    return pipeline


@pytest.mark.parametrize(("n", "ran"), [(2, {"asked", "small", "after_small"}), (3, {"asked", "large"})])
def test_a_steps_control_output_decides_which_block_runs(lab: Lab, emit: Any, n: int, ran: set[str]) -> None:
    done = lab.finished(two_ways(emit)(n=n))
    assert done.status == "Completed"
    assert set(steps(lab, done)) == ran


def test_a_truth_that_stands_in_the_pipeline_or_is_its_input(lab: Lab, emit: Any) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(asked: bool):
        yes = emit(n=1)
        condition(True, true_block=yes)
        no = emit(n=2)
        condition(False, true_block=no)
        otherwise = emit(n=3)
        condition(asked, false_block=otherwise)

    assert set(steps(lab, lab.finished(pipeline(asked=False)))) == {"yes", "otherwise"}


def test_an_expression_is_calculated_by_a_step_of_its_own(lab: Lab, emit: Any) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(n: int, factor: float):
        large = emit(n=1)
        small = emit(n=2)
        condition((n * factor > 5) == True, true_block=large, false_block=small)  # noqa: E712 - it is recorded

    done = lab.finished(pipeline(n=3, factor=2.0))
    assert done.status == "Completed", lab.error(done)
    assert set(steps(lab, done)) == {"expression_component", "large"}
    assert set(steps(lab, lab.finished(pipeline(n=2, factor=2.0)))) == {"expression_component", "small"}


def test_a_step_that_says_nothing_fails_the_condition_in_words(lab: Lab, make: Make, emit: Any) -> None:
    silent = make("silent", "", {}, {"go": "boolean"})

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        asked = silent()
        yes = emit(n=1)
        condition(asked.outputs.go, true_block=yes)

    done = lab.finished(pipeline())
    assert done.status == "Failed"
    assert "'asked' gave no value for its control output 'go': write the value to the file" in lab.error(done)


def test_a_value_that_is_no_truth_fails_the_step_that_gave_it(lab: Lab, make: Make, emit: Any) -> None:
    unsure = make("unsure", "put('go', 'perhaps')", {}, {"go": "boolean"})

    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline():
        asked = unsure()
        yes = emit(n=1)
        condition(asked.outputs.go, true_block=yes)

    done = lab.finished(pipeline())
    assert done.status == "Failed"
    assert "is declared as boolean; 'perhaps' came" in lab.error(done)
    assert set(steps(lab, done)) == {"asked"}


def test_a_condition_on_an_input_that_is_no_truth_is_refused_in_words(lab: Lab, emit: Any) -> None:
    @dsl.pipeline(default_compute="cpu-cluster")
    def pipeline(asked: str):
        yes = emit(n=1)
        condition(asked, true_block=yes)

    done = lab.finished(pipeline(asked="maybe"))
    assert done.status == "Failed"
    assert "must be true or false; 'maybe' came" in lab.error(done)


def test_a_condition_inside_a_pipeline_inside(lab: Lab, emit: Any) -> None:
    inner = two_ways(emit)

    @dsl.pipeline(default_compute="cpu-cluster")
    def outer(n: int):
        part = inner(n=n)  # noqa: F841 - the SDK names the step after it

    done = lab.finished(outer(n=1))
    assert done.status == "Completed", lab.error(done)
    assert set(steps(lab, steps(lab, done)["part"])) == {"asked", "small", "after_small"}

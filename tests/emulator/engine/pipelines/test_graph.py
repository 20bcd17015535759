"""The graph of a pipeline."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.pipelines.graph import Graph, read
from course_runtime.emulator.engine.pipelines.sources import (
    FromNode,
    FromParent,
    Given,
    Mixed,
    filled,
    source_of,
)
from course_runtime.emulator.kernel.errors import AzureError


def taking(*nodes: str) -> dict[str, Any]:
    return {
        "type": "command",
        "inputs": {
            f"i{number}": {"value": f"${{{{parent.jobs.{node}.outputs.out}}}}", "job_input_type": "literal"}
            for number, node in enumerate(nodes)
        },
    }


def order(graph: Graph) -> list[str]:
    done: list[str] = []
    while ready := list(graph.ready(done, done)):
        done += [node.name for node in ready]
    return done


def test_an_input_comes_from_the_pipeline_from_a_step_or_from_itself() -> None:
    assert source_of({"value": "${{parent.inputs.raw}}", "job_input_type": "literal"}) == FromParent("raw")
    assert source_of({"value": "${{parent.jobs.a.outputs.o}}"}) == FromNode("a", "o")
    assert source_of({"value": "7", "job_input_type": "literal"}) == Given(
        {"value": "7", "jobInputType": "literal"}
    )
    data = {"uri": "azureml:d:1", "job_input_type": "uri_file", "mode": "Download"}
    assert source_of(data) == Given({"uri": "azureml:d:1", "jobInputType": "uri_file", "mode": "Download"})
    assert source_of(3) == Given({"value": 3, "jobInputType": "literal"})


def test_a_text_may_have_pipeline_inputs_in_it() -> None:
    source = source_of({"value": "run-${{parent.inputs.day}}", "job_input_type": "literal"})
    assert isinstance(source, Mixed)
    assert filled(source.text, {"day": "monday"}) == "run-monday"


def test_steps_run_when_what_they_need_is_done() -> None:
    graph = read(
        {"score": taking("train", "prep"), "train": taking("prep"), "prep": taking(), "other": taking()}
    )
    assert order(graph) == ["prep", "other", "train", "score"]
    assert graph.downstream("prep") == {"train", "score"}
    assert graph.downstream("other") == set()


def test_an_output_may_be_the_pipelines() -> None:
    node = {"type": "command", "outputs": {"model": {"value": "${{parent.outputs.best}}", "type": "literal"}}}
    assert read({"train": node}).nodes["train"].exported == {"best": "model"}


def loop(body: str, kind: str = "do_while", **more: Any) -> dict[str, Any]:
    return {"type": kind, "body": f"${{{{parent.jobs.{body}}}}}", "items": "[{}]", **more}


def condition(on: str, *, true: str, false: str | None = None) -> dict[str, Any]:
    blocks = {"true_block": f"${{{{parent.jobs.{true}}}}}"}
    blocks |= {"false_block": f"${{{{parent.jobs.{false}}}}}"} if false else {}
    return {"type": "if_else", "condition": f"${{{{parent.jobs.{on}.outputs.out}}}}", **blocks}


def test_a_body_runs_when_its_loop_says_so_and_what_takes_from_it_waits_for_the_loop() -> None:
    graph = read({"after": taking("body"), "body": taking("first"), "l": loop("body"), "first": taking()})
    assert order(graph) == ["first", "l", "after"]
    assert graph.downstream("first") == {"l", "after"}
    assert graph.runner("body") == "l"


def test_what_a_condition_steers_waits_for_it_loops_too() -> None:
    jobs = {
        "no": taking(),
        "body": taking(),
        "l": loop("body"),
        "if": condition("ask", true="body", false="no"),
        "ask": taking(),
    }
    assert order(read(jobs)) == ["ask", "if", "no", "l"]


@pytest.mark.parametrize(
    ("jobs", "said"),
    [
        ({}, "has no steps"),
        ({"l": loop("gone")}, "The loop 'l' repeats 'gone', which is no step"),
        (
            {"l": loop("m"), "m": loop("a"), "a": taking()},
            "'m', which is no step of the pipeline that can be",
        ),
        ({"a": taking(), "l": loop("a"), "m": loop("a")}, "'a' is the body of two loops, 'l' and 'm'"),
        ({"a": taking("a"), "l": loop("a")}, "'l' waits for its own output"),
        (
            {"a": taking(), "l": loop("a", "parallel_for"), "b": taking("a")},
            "takes an output of 'a', which 'l' runs many times: take the output of 'l'",
        ),
        ({"a": taking(), "if": condition("a", true="gone")}, "The condition 'if' steers 'gone', which is no"),
        ({"a": taking(), "if": condition("a", true="a")}, "form a circle"),
        ({"a": taking("b")}, "takes an output of 'b', which is no step"),
        ({"a": taking("a")}, "waits for its own output"),
        ({"a": taking("b"), "b": taking("a")}, "form a circle"),
        ({"a": 3}, "must be an object"),
    ],
)
def test_a_graph_that_cannot_run_is_refused(jobs: dict[str, Any], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        read(jobs)
    assert said in refused.value.message


@given(st.lists(st.sets(st.integers(0, 7)), min_size=1, max_size=8))
def test_every_step_runs_once_after_all_it_needs(needs: list[set[int]]) -> None:
    """Steps that take from earlier ones only, in any shape."""
    jobs = {f"n{at}": taking(*(f"n{one}" for one in wanted if one < at)) for at, wanted in enumerate(needs)}
    graph = read(jobs)
    ran = order(graph)
    assert sorted(ran) == sorted(jobs)
    for node in graph.nodes.values():
        assert all(ran.index(one) < ran.index(node.name) for one in node.needs)


@pytest.mark.parametrize("text", ["{1:" + "-" * 100_000 + "1}", "{1:" + "+".join(["1"] * 3_000) + "}", "{a"])
def test_automl_data_that_cannot_be_read_is_refused_in_words(text: str) -> None:
    with pytest.raises(AzureError, match="an Input of type mltable"):
        read({"fit": {"type": "automl", "training_data": text}})

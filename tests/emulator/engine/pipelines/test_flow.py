"""Control-flow nodes as the SDK writes them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.pipelines import flow
from course_runtime.emulator.engine.pipelines.sources import FromNode, FromParent, Given
from course_runtime.emulator.kernel.errors import AzureError

BODY = {"body": "${{parent.jobs.train}}"}


def refused(call: Any, *arguments: Any) -> str:
    with pytest.raises(AzureError) as problem:
        call(*arguments)
    return problem.value.message


def test_a_loop_names_its_body() -> None:
    assert flow.body_of("loop", BODY) == "train"
    assert "The loop 'loop' has no body" in refused(flow.body_of, "loop", {})


def test_a_block_is_one_step_several_or_none() -> None:
    both = {"true_block": "${{parent.jobs.a}}", "false_block": ["${{parent.jobs.b}}", "${{ parent.jobs.c }}"]}
    assert flow.blocks_of("if", both) == {True: ["a"], False: ["b", "c"]}
    assert flow.blocks_of("if", {"false_block": "${{parent.jobs.b}}"}) == {True: [], False: ["b"]}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "steers no step"),
        (
            {"true_block": "${{parent.jobs.a}}", "false_block": ["${{parent.jobs.a}}"]},
            "'a' stands in both blocks",
        ),
        ({"true_block": "a"}, "names steps, as ${{parent.jobs.step}}; 'a' came"),
    ],
)
def test_blocks_that_cannot_be_steered_are_refused(body: dict[str, Any], said: str) -> None:
    assert said in refused(flow.blocks_of, "if", body)


def test_a_mapping_names_ports_alone_or_in_full() -> None:
    body = BODY | {
        "condition": "${{parent.jobs.train.outputs.more}}",
        "mapping": {
            "${{parent.jobs.train.outputs.model}}": ["start", "${{parent.jobs.train.inputs.best}}"],
            "n": "n",
        },
        "limits": {"max_iteration_count": 4},
    }
    found = flow.do_while("loop", body)
    assert found == flow.DoWhile(4, "more", {"start": "model", "best": "model", "n": "n"})
    assert flow.do_while("loop", {"limits": {"max_iteration_count": 1}}).condition == ""


@pytest.mark.parametrize("most", [None, 0, 1001, "3", True])
def test_a_loops_limit_is_a_number_from_1_to_1000(most: Any) -> None:
    said = refused(flow.do_while, "loop", {"limits": {"max_iteration_count": most}})
    assert f"from 1 to 1000; {most!r} came" in said


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers()), max_size=5))
def test_items_of_a_list_are_counted_from_one(items: list[dict[str, int]]) -> None:
    found = flow.items_of("each", json.dumps(items))
    assert list(found) == [str(number) for number in range(1, len(items) + 1)]
    expected = [
        {port: Given({"value": value, "jobInputType": "literal"}) for port, value in item.items()}
        for item in items
    ]
    assert list(found.values()) == expected


def test_items_of_an_object_keep_their_names_and_what_they_come_from() -> None:
    data = {"uri": "azureml:d:1", "job_input_type": "uri_folder"}
    found = flow.items_of("each", json.dumps({"red": {"n": "${{parent.inputs.n}}"}, "blue": {"d": data}}))
    assert found == {
        "red": {"n": FromParent("n")},
        "blue": {"d": Given({"uri": "azureml:d:1", "jobInputType": "uri_folder"})},
    }


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("[1", "are no JSON"),
        ("3", "must be a list or an object"),
        ("[3]", "whose members are objects"),
        ('{"a/b": {}}', "'a/b' of 'each' cannot name a job"),
    ],
)
def test_items_that_cannot_be_run_over_are_refused(items: str, said: str) -> None:
    assert said in refused(flow.items_of, "each", items)


def test_what_a_node_waits_for() -> None:
    condition = {"condition": "${{parent.jobs.a.outputs.go}}"}
    assert flow.inputs_of("if", flow.IF_ELSE, condition) == {"condition": FromNode("a", "go")}
    items = {"items": "${{parent.jobs.a.outputs.list}}"}
    assert flow.inputs_of("each", flow.PARALLEL_FOR, items) == {"items": FromNode("a", "list")}
    within = {"items": json.dumps([{"n": "${{parent.inputs.n}}"}])}
    assert flow.inputs_of("each", flow.PARALLEL_FOR, within) == {"items.1.n": FromParent("n")}


@pytest.mark.parametrize("given", [0, -1, "2", True])
def test_concurrency_is_a_positive_number(given: Any) -> None:
    assert "a whole number of 1 or more" in refused(flow.concurrency, "each", {"max_concurrency": given})
    assert flow.concurrency("each", {"max_concurrency": 2}) == 2
    assert flow.concurrency("each", {}) is None

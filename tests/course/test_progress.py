from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.progress import (
    STATUSES,
    Outcome,
    Progress,
    TodoProgress,
    after_check,
    best,
    from_document,
    merged,
    to_document,
)

TIMES = st.sampled_from(["", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"])
TODOS = st.builds(TodoProgress, st.sampled_from(STATUSES), st.integers(0, 5), TIMES, TIMES, st.integers(0, 3))
PROGRESS = st.builds(Progress, st.dictionaries(st.sampled_from(["0.1", "0.2", "9.9"]), TODOS))


def test_a_failure_after_a_pass_takes_nothing_away() -> None:
    passed = after_check(Progress(), [Outcome("0.1", "passed", 4)], "2026-01-01")
    later = after_check(passed, [Outcome("0.1", "failed", 1)], "2026-01-02")
    assert later.of("0.1") == TodoProgress("passed", 4, "2026-01-02", "2026-01-01")


def test_the_first_pass_keeps_its_time() -> None:
    progress = Progress()
    for day in ("2026-01-02", "2026-01-01", "2026-01-03"):
        progress = after_check(progress, [Outcome("0.1", "passed", 4)], day)
    assert progress.of("0.1").first_passed == "2026-01-01"


def test_what_was_never_checked_is_not_started() -> None:
    assert Progress().of("0.1") == TodoProgress()
    assert not Progress().of("0.1").passed


@given(PROGRESS, PROGRESS)
def test_two_machines_agree_whichever_merges(one: Progress, two: Progress) -> None:
    assert merged(one, two).todos == merged(two, one).todos
    assert merged(one, one).todos == one.todos


@given(TODOS, TODOS, TODOS)
def test_merging_in_any_order_is_the_same(a: TodoProgress, b: TodoProgress, c: TodoProgress) -> None:
    assert best(best(a, b), c) == best(a, best(b, c))


@given(PROGRESS)
def test_progress_survives_the_file(progress: Progress) -> None:
    assert from_document(json.loads(json.dumps(to_document(progress)))) == progress


def test_what_a_newer_kit_wrote_is_kept() -> None:
    document = {
        "format": 1,
        "badge": "gold",
        "todos": {"99.1": {"status": "adored", "points": 1, "mood": "good"}},
    }
    kept = to_document(from_document(document))
    assert kept["badge"] == "gold"
    assert kept["todos"]["99.1"]["status"] == "adored" and kept["todos"]["99.1"]["mood"] == "good"


@pytest.mark.parametrize("entry", [{"points": "many"}, {"hints_used": None}, {"points": float("nan")}, 3])
def test_a_wrong_entry_is_refused(entry: object) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        from_document({"todos": {"0.1": entry}})

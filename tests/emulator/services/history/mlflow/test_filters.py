"""MLflow's search language, held against MLflow's own reading of it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.history.mlflow import filters
from course_runtime.emulator.services.history.mlflow.errors import MlflowError

Item = dict[str, dict[str, Any]]

ITEMS: list[Item] = [
    {"attribute": {"name": "a"}, "metric": {"auc": 0.9}, "param": {"lr": "0.1", "net": "ResNet"}},
    {"attribute": {"name": "b"}, "metric": {"auc": 0.5, "loss": math.nan}, "param": {"lr": "0.2"}},
    {"attribute": {"name": "c"}, "metric": {}, "tag": {"my team": "it's us", "a.b": "x"}},
]


def look(item: Item, kind: str, key: str) -> Any:
    return item.get(kind, {}).get(key)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "abc"),
        ("metrics.auc > 0.6", "a"),
        ("metrics.auc >= .5 and metrics.auc != 0.9", "b"),
        ("METRICS.auc < 1e1 AND params.lr = '0.1'", "a"),
        ("params.net LIKE 'Res%'", "a"),
        ("params.net LIKE 'res%'", ""),
        ("params.net ILIKE 'res%t'", "a"),
        ('params.lr = "0.2"', "b"),
        ("params.lr != '0.1'", "b"),
        ("params.lr IN ('0.1', '0.2')", "ab"),
        ("params.lr NOT IN ('0.1')", "b"),
        ("tags.`my team` = 'it\\'s us'", "c"),
        ('tags."my team" LIKE "%us"', "c"),
        ("tags.a.b = 'x'", "c"),
        ("params.lr IS NULL", "c"),
        ("params.lr IS NOT NULL and name = 'b'", "b"),
        ("attributes.name = 'c'", "c"),
        ("metrics.nothing > 0", ""),
    ],
)
def test_what_matches(text: str, names: str) -> None:
    assert "".join(one["attribute"]["name"] for one in filters.matching(ITEMS, text, look)) == names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("metrics.auc >", "more was expected"),
        ("metrics.auc 0.6", "a comparison such as"),
        ("metrics.auc > 0.6 or name = 'a'", "AND was expected, or came"),
        ("colour.auc > 0.6", "Invalid entity type 'colour'"),
        ("params.lr = 0.1", "must be in quotes"),
        ("params.net > 'x'", "does not compare texts"),
        ("metrics.auc = 'high'", "compared with numbers"),
        ("metrics.auc LIKE '0%'", "compared with numbers"),
        ("name = 'a' and", "a clause after AND"),
        ("name = 'a", "cannot be read"),
        ("name IN 'a'", "'\\(' was expected"),
        ("; drop table runs", "cannot be read"),
    ],
)
def test_what_is_refused_says_what_was_expected(text: str, words: str) -> None:
    with pytest.raises(MlflowError, match=words):
        filters.matching(ITEMS, text, look)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (["metrics.auc"], "bac"),
        (["metrics.auc DESC"], "abc"),
        (["metrics.loss ASC", "name DESC"], "bca"),
        (["params.lr DESC", "name"], "bac"),
        (["tags.`my team`"], "cab"),
    ],
)
def test_order_puts_what_is_missing_last(order: list[str], names: str) -> None:
    assert "".join(one["attribute"]["name"] for one in filters.ordered(ITEMS, order, look)) == names


def test_an_order_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(MlflowError, match="ASC or DESC was expected after 'auc'"):
        filters.ordered(ITEMS, ["metrics.auc sideways"], look)


@given(st.text(max_size=40))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        filters.parse(text)
    except MlflowError as refused:
        assert refused.message


KEY = st.text("abcXYZ_ 09", min_size=1, max_size=8).filter(lambda one: one.strip() == one)
VALUE = st.text("abc d%_'\"\\", max_size=8)


@given(KEY, VALUE)
def test_a_quoted_key_and_value_come_back_as_they_were(key: str, value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    assert filters.parse(f"tags.`{key}` = '{quoted}'") == [filters.Clause("tag", key, "=", value)]


def test_mlflow_itself_reads_the_same_clauses() -> None:
    from mlflow.utils.search_utils import SearchUtils

    text = "metrics.auc >= 0.5 and params.`my lr` != '0.1' and tags.team LIKE 'a%' and attributes.status = 'RUNNING'"
    theirs = [(one["type"], one["key"], one["comparator"]) for one in SearchUtils.parse_search_filter(text)]
    ours = [(one.kind.replace("param", "parameter"), one.key, one.operator) for one in filters.parse(text)]
    assert theirs == ours

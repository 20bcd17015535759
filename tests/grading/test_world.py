"""A student's own names: the same again, and not another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure, World


@pytest.fixture(scope="module")
def azure() -> Iterator[Azure]:
    with Emulator() as cloud:
        yield Azure(cloud)


def test_the_same_seed_and_test_give_the_same_names(azure: Azure) -> None:
    first, second = (World("seed", "test_a", azure) for _ in range(2))
    assert [first.name("ws") for _ in range(3)] == [second.name("ws") for _ in range(3)]


@pytest.mark.parametrize("other", [("other", "test_a"), ("seed", "test_b")])
def test_another_seed_or_test_gives_others(azure: Azure, other: tuple[str, str]) -> None:
    assert World("seed", "test_a", azure).name("ws") != World(*other, azure).name("ws")


def test_the_group_is_made_once_and_is_there(azure: Azure) -> None:
    world = World("seed", "test_group", azure)
    assert world.group == world.group
    assert azure.get(azure.group_id(world.group)) is not None


def test_a_plain_name_is_letters_only(azure: Azure) -> None:
    assert World("seed", "test_a", azure).plain_name("data").isalpha()


def test_tables_are_the_students_own(azure: Azure) -> None:
    first, again, other = (World(seed, "test_a", azure).table("raw", 60) for seed in ("s", "s", "t"))
    assert len(first) == 60
    assert first["BMI"].tolist()[:5] == again["BMI"].tolist()[:5]
    assert first["BMI"].tolist()[:5] != other["BMI"].tolist()[:5]
    assert first.isna().sum().sum() > 0

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm.template_plan import Planned, in_order


def planned(name: str, *needs: str) -> Planned:
    return Planned(f"/subscriptions/s/resourceGroups/g/providers/Microsoft.X/things/{name}", {}, needs)


def names(ordered: list[Planned]) -> list[str]:
    return [one.id.rsplit("/", 1)[-1] for one in ordered]


def test_needs_are_ids_or_bare_names_in_any_casing() -> None:
    found = [planned("c", "B"), planned("b", planned("a").id.upper()), planned("a", "not-in-the-template")]
    assert names(in_order(found)) == ["a", "b", "c"]


def test_a_circle_is_named() -> None:
    with pytest.raises(AzureError, match=r"Circular dependency detected on resource: '.*/a'"):
        in_order([planned("a", "b"), planned("b", "a")])


def test_one_resource_twice_is_named() -> None:
    with pytest.raises(AzureError, match="defined multiple times"):
        in_order([planned("a"), planned("A")])


@given(st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12)), max_size=13))
def test_every_resource_comes_after_what_it_needs(needs: dict[int, set[int]]) -> None:
    """Numbers need smaller ones only, so there is no circle."""
    found = [
        planned(f"n{one}", *(f"n{need}" for need in needed if need < one)) for one, needed in needs.items()
    ]
    order = names(in_order(found))
    assert sorted(order) == sorted(f"n{one}" for one in needs)
    for one, needed in needs.items():
        for need in needed & needs.keys():
            if need < one:
                assert order.index(f"n{need}") < order.index(f"n{one}")

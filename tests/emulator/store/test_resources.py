from __future__ import annotations

import pytest

from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.store.database import Database
from course_runtime.emulator.store.resources import ResourceStore, Stored

GROUP = "/subscriptions/s/resourceGroups/g"
OUTER = f"{GROUP}/providers/Microsoft.X/outers/o"


@pytest.fixture
def store() -> ResourceStore:
    return ResourceStore(Database())


def put(store: ResourceStore, resource_id: str, **body: object) -> Stored:
    path = parse(resource_id)
    return store.put(path, Stored({"id": resource_id, "name": path.name, "type": path.full_type, **body}))


def test_ids_match_in_any_casing(store: ResourceStore) -> None:
    put(store, OUTER)
    found = store.get(OUTER.upper())
    assert found is not None and found.id == OUTER


def test_writing_again_keeps_the_place_in_the_order(store: ResourceStore) -> None:
    first = put(store, f"{OUTER}1")
    put(store, f"{OUTER}2")
    store.put(parse(f"{OUTER}1"), Stored({**first.body, "kind": "new"}, {}, first.sequence))
    found = store.children(GROUP, "microsoft.x/OUTERS")
    assert [one.name for one in found] == ["o1", "o2"]
    assert found[0].body["kind"] == "new"


def test_secrets_are_kept_beside_the_body(store: ResourceStore) -> None:
    store.put(parse(OUTER), Stored({"id": OUTER, "name": "o"}, {"key": "hidden"}))
    found = store.get(OUTER)
    assert found is not None and found.secrets == {"key": "hidden"}
    assert "hidden" not in str(found.body)


def test_below_is_the_whole_subtree_deepest_first(store: ResourceStore) -> None:
    for resource_id in (OUTER, f"{OUTER}/inners/i", f"{OUTER}/inners/i/cores/c", f"{OUTER}2"):
        put(store, resource_id)
    assert [one.name for one in store.below(OUTER)] == ["c", "i"]


def test_children_of_any_asks_once_for_many_parents(store: ResourceStore) -> None:
    put(store, f"{OUTER}/inners/a")
    put(store, f"{OUTER}2/inners/b")
    put(store, f"{OUTER}3/inners/c")
    found = store.children_of_any([OUTER, f"{OUTER}2"], "Microsoft.X/outers/inners")
    assert [one.name for one in found] == ["a", "b"]


def test_a_subscription_and_a_group_list_what_is_in_them(store: ResourceStore) -> None:
    put(store, OUTER)
    put(store, OUTER.replace("/g/", "/other/"))
    put(store, OUTER.replace("/s/", "/t/"))
    assert len(list(store.in_subscription("S"))) == 2
    assert len(list(store.in_subscription("s", group="G"))) == 1
    assert store.count() == 3


def test_deleting_tells_whether_it_was_there(store: ResourceStore) -> None:
    put(store, OUTER)
    assert store.delete(OUTER.upper())
    assert not store.delete(OUTER)

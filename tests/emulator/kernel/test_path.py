from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.kernel.path import parse, split

WORKSPACE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
NAME = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=8)


def test_a_resource_in_a_group() -> None:
    path = parse(WORKSPACE)
    assert (path.subscription, path.group, path.name) == ("s", "g", "w")
    assert path.full_type == "Microsoft.MachineLearningServices/workspaces"
    assert path.parent_id() == "/subscriptions/s/resourceGroups/g"
    assert path.id == WORKSPACE


def test_a_nested_resource_lives_in_the_outer_one() -> None:
    path = parse(f"{WORKSPACE}/computes/c")
    assert path.full_type == "Microsoft.MachineLearningServices/workspaces/computes"
    assert path.parent_id() == WORKSPACE


def test_one_type_more_than_names_is_a_collection_or_an_action() -> None:
    path = parse(f"{WORKSPACE}/computes")
    assert path.is_collection
    assert path.parent_id() == WORKSPACE
    target, action = path.as_resource_and_action()
    assert (target.id, action) == (WORKSPACE, "computes")


def test_an_extension_hangs_on_its_scope() -> None:
    path = parse(f"{WORKSPACE}/providers/Microsoft.Authorization/roleAssignments/r")
    assert path.scope == WORKSPACE
    assert path.parent_id() == WORKSPACE
    assert path.full_type == "Microsoft.Authorization/roleAssignments"


def test_a_group_is_a_resource_of_its_subscription() -> None:
    path = parse("/subscriptions/s/resourcegroups/My-Group")
    assert path.id == "/subscriptions/s/resourceGroups/My-Group"
    assert path.parent_id() == "/subscriptions/s"


def test_keywords_match_in_any_casing_and_names_keep_theirs() -> None:
    path = parse("//SUBSCRIPTIONS/S/ResourceGroups/G/Providers/microsoft.storage/storageaccounts/Ab")
    assert path.id == "/subscriptions/S/resourceGroups/G/providers/microsoft.storage/storageaccounts/Ab"


def test_a_resource_may_be_called_providers() -> None:
    path = parse(
        "/subscriptions/s/resourceGroups/providers/providers/Microsoft.Storage/storageAccounts/providers"
    )
    assert (path.group, path.name) == ("providers", "providers")


def test_a_percent_sign_is_part_of_the_name() -> None:
    """The server has decoded the path already; decoding again would name another resource."""
    assert split("/a/%2541") == ["a", "%2541"]


@pytest.mark.parametrize(
    "path", ["", "/", "/subscriptions", "/providers", "/subscriptions/s/providers", "/a/b/c"]
)
def test_short_paths_name_no_resource(path: str) -> None:
    assert parse(path).names == () or parse(path).provider is None


@given(NAME, NAME, st.lists(st.tuples(NAME, NAME), min_size=1, max_size=3))
def test_an_id_parses_to_itself(subscription: str, group: str, pairs: list[tuple[str, str]]) -> None:
    tail = "/".join(part for pair in pairs for part in pair)
    written = f"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.X/{tail}"
    parsed = parse(written)
    assert parse(parsed.id) == parsed
    assert parsed.id.lower() == written.lower()


@given(st.text(max_size=60))
def test_any_text_is_taken_apart(text: str) -> None:
    parsed = parse(text)
    assert parsed.id.startswith("/")
    parsed.parent_id()

from __future__ import annotations

from azure.storage.blob import BlobPrefix, ContainerClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_runtime.emulator.services.storage.listing import walk
from course_runtime.emulator.store.blobs import Blob, BlobStore, Container
from course_runtime.emulator.store.database import Database
from tests.emulator.services.storage.conftest import StorageAccount

NAMES = st.lists(st.text("ab/é", min_size=1, max_size=6), max_size=25, unique=True)


@given(names=NAMES, prefix=st.sampled_from(["", "a", "a/", "b/a"]), delimiter=st.sampled_from(["", "/", "b"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_walking_equals_the_plain_definition(names: list[str], prefix: str, delimiter: str) -> None:
    store = BlobStore(Database(), None)
    for name in names:
        store.put(Blob("1", "c", name))
    expected: list[str] = []
    for name in sorted(one for one in names if one.startswith(prefix)):
        cut = name.find(delimiter, len(prefix)) if delimiter else -1
        shown = name if cut == -1 else name[: cut + len(delimiter)]
        if shown not in expected or cut == -1:
            expected.append(shown)
    found = [one if isinstance(one, str) else one.name for one in walk(store, "1", "c", prefix, delimiter)]
    assert found == expected


def test_pages_and_folders_as_the_client_sees_them(container: ContainerClient) -> None:
    for name in ("a/1", "a/2", "b", "c/d/e"):
        container.upload_blob(name, b"1")
    pages = [[one.name for one in page] for page in container.list_blobs(results_per_page=3).by_page()]
    assert pages == [["a/1", "a/2", "b"], ["c/d/e"]]
    assert [blob.name for blob in container.list_blobs(results_per_page=1)] == ["a/1", "a/2", "b", "c/d/e"]
    entries = list(container.walk_blobs())
    assert [(one.name, isinstance(one, BlobPrefix)) for one in entries] == [
        ("a/", True),
        ("c/", True),
        ("b", False),
    ]
    assert [one.name for one in container.list_blobs(name_starts_with="a/")] == ["a/1", "a/2"]


def test_metadata_is_listed_when_asked_for(container: ContainerClient) -> None:
    container.upload_blob("x", b"12", metadata={"k": "v"})
    (plain,) = container.list_blobs()
    (full,) = container.list_blobs(include=["metadata"])
    assert (not plain.metadata, full.metadata, full.size) == (True, {"k": "v"}, 2)


def test_names_that_xml_cannot_hold_are_listed(container: ContainerClient) -> None:
    container.upload_blob("a\x07b", b"1")
    assert [one.name for one in container.list_blobs()] == ["a\x07b"]


def test_containers_come_in_pages(account: StorageAccount) -> None:
    service = account.blobs()
    for name in ("aaa", "aab", "bbb"):
        service.create_container(name, metadata={"n": name})
    found = service.list_containers(name_starts_with="aa", results_per_page=1, include_metadata=True)
    assert [(one.name, one.metadata) for one in found] == [("aaa", {"n": "aaa"}), ("aab", {"n": "aab"})]


def test_a_forged_marker_is_refused(account: StorageAccount, container: ContainerClient) -> None:
    answer = account.rest("GET", "/data?restype=container&comp=list&marker=***")
    assert (answer.status, answer.headers["x-ms-error-code"]) == (400, "OutOfRangeInput")


def test_a_container_of_another_account_is_not_listed() -> None:
    store = BlobStore(Database(), None)
    store.put_container(Container("1", "mine"))
    store.put_container(Container("2", "theirs"))
    assert [one.name for one in store.containers("1")] == ["mine"]

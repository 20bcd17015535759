from __future__ import annotations

from course_runtime.emulator.store.database import Database
from course_runtime.emulator.store.documents import DocumentStore


def test_documents_by_kind_and_key() -> None:
    documents = DocumentStore(Database())
    documents.put("fruit", "b", {"n": 1})
    documents.put("fruit", "a", {"n": 2})
    documents.put("tree", "a", {"n": 3})
    documents.put("fruit", "b", {"n": 4})
    assert documents.get("fruit", "b") == {"n": 4}
    assert documents.all("fruit") == [{"n": 4}, {"n": 2}]
    assert documents.delete("fruit", "a")
    assert not documents.delete("fruit", "a")
    assert documents.get("tree", "a") == {"n": 3}

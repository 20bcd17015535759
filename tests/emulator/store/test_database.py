from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from course_runtime.emulator.store.database import Database, StaleDatabase
from course_runtime.emulator.store.documents import DocumentStore


def test_a_transaction_keeps_all_or_nothing() -> None:
    database = Database()
    documents = DocumentStore(database)
    with pytest.raises(RuntimeError), database.transaction():
        documents.put("kind", "a", {})
        with database.transaction():
            documents.put("kind", "b", {})
        raise RuntimeError
    assert documents.all("kind") == []


def test_after_a_full_disk_nothing_is_half_kept_and_work_goes_on(tmp_path: Path) -> None:
    database = Database(tmp_path / "cloud.db")
    documents = DocumentStore(database)
    pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
    database.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(sqlite3.OperationalError, match="full"), database.transaction():
        documents.put("kind", "small", {})
        documents.put("kind", "large", {"x": "y" * 100_000})
    assert documents.all("kind") == []
    database.connection.execute("PRAGMA max_page_count = 100000")
    with database.transaction():
        documents.put("kind", "after", {"n": 1})
    assert documents.all("kind") == [{"n": 1}]


def test_a_file_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "cloud.db"
    Database(file).connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StaleDatabase) as refused:
        Database(file)
    assert str(file) in str(refused.value)
    assert "Move it away" in str(refused.value)


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    first = Database(tmp_path / "cloud.db")
    assert [first.next_number("n"), first.next_number("n")] == [1, 2]
    assert Database(tmp_path / "cloud.db").next_number("n") == 3

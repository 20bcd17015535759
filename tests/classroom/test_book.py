from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from course_runtime.classroom import Book, HandedIn
from course_runtime.grading import KitError, Result


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "grades.db")


def enter(book: Book, key: str, student: str = "anna") -> None:
    book.register("module1", {key: HandedIn(student, ())})


def count(book: Book) -> int:
    with sqlite3.connect(book.path) as database:
        return int(database.execute("SELECT count(*) FROM gradings").fetchone()[0])


def test_a_claim_is_one_graders(book: Book) -> None:
    enter(book, "k")
    assert book.claim(["k"]) == "k"
    assert Book(book.path).claim(["k"]) is None


def test_a_claim_of_a_process_that_is_gone_is_free(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    enter(book, "k")
    gone = f"{socket.gethostname()}/{2**22 + 1}/5"
    with monkeypatch.context() as patched:
        patched.setattr("course_runtime.classroom.book.this_owner", lambda: gone)
        assert book.claim(["k"]) == "k"
    assert book.claim(["k"]) == "k"
    with monkeypatch.context() as patched:
        patched.setattr("course_runtime.classroom.book.this_owner", lambda: gone)
        assert not book.finish("k", "refused", "too late"), "the claim was lost"
    assert book.finish("k", "refused", "in time")
    assert book.entry("module1", "anna").message == "in time"
    assert count(book) == 1


def test_a_lease_of_another_machine_runs_out(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(book, "k")
    with monkeypatch.context() as patched:
        patched.setattr("course_runtime.classroom.book.this_owner", lambda: "elsewhere/1/1")
        book.claim(["k"])
    assert book.claim(["k"]) is None
    with monkeypatch.context() as patched:
        patched.setattr("course_runtime.classroom.book.LEASE_SECONDS", -1)
        patched.setattr("course_runtime.classroom.book.this_owner", lambda: "elsewhere/1/1")
        book.renew(["k"])
    assert book.claim(["k"]) == "k"


def test_what_is_finished_is_never_claimed_again(book: Book) -> None:
    enter(book, "k")
    book.claim(["k"])
    book.finish("k", "graded", "", Result("module1", "emulator"))
    enter(book, "k")
    assert book.claim(["k"]) is None
    assert not book.finish("k", "graded")
    assert count(book) == 1


def test_going_back_to_what_had_a_grade_needs_no_new_one(book: Book) -> None:
    enter(book, "first")
    book.claim(["first"])
    book.finish("first", "refused", "empty")
    enter(book, "second")
    assert book.entry("module1", "anna").state == "waiting"
    enter(book, "first")
    assert book.entry("module1", "anna").message == "empty"


def test_what_is_released_waits(book: Book) -> None:
    enter(book, "k")
    book.claim(["k"])
    book.release(["k"])
    assert Book(book.path).claim(["k"]) == "k"


def test_a_file_that_is_no_book_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "grades.db").write_text("no database at all, " * 100)
    with pytest.raises(KitError, match="no gradebook of this kit"):
        Book(tmp_path / "grades.db")


def test_seeds_are_a_books_own_and_stay(tmp_path: Path) -> None:
    first, other = Book(tmp_path / "a.db"), Book(tmp_path / "b.db")
    assert first.seed_of("anna") == Book(tmp_path / "a.db").seed_of("anna")
    assert len({first.seed_of("anna"), first.seed_of("ben"), other.seed_of("anna")}) == 3

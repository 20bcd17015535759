from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_runtime.cli.watching import noticing
from course_runtime.cli.watching.events import Event, Noticing, Saved
from course_runtime.cli.watching.noticing import BY_EVENTS, Notifier

PATIENCE = 20.0


def next_save(events: queue.SimpleQueue[Event]) -> set[str]:
    event = events.get(timeout=PATIENCE)
    assert isinstance(event, Saved), event
    return {path.name for path in event.paths}


def say_how(events: queue.SimpleQueue[Event]) -> Noticing:
    event = events.get(timeout=PATIENCE)
    assert isinstance(event, Noticing), event
    return event


@pytest.mark.parametrize("poll", [False, True])
def test_saves_are_noticed_once_each(tmp_path: Path, poll: bool) -> None:
    file, events = tmp_path / "exercise.py", queue.SimpleQueue[Event]()
    file.write_text("1")
    with Notifier([tmp_path], frozenset(), events.put, poll=poll):
        assert say_how(events).polling is poll
        file.write_text("22")
        assert next_save(events) == {"exercise.py"}
        (tmp_path / ".new").write_text("333")
        (tmp_path / ".new").replace(file)
        assert next_save(events) == {"exercise.py"}
        file.unlink()
        assert next_save(events) == {"exercise.py"}
        with pytest.raises(queue.Empty):
            events.get(timeout=0.3)


def refuse(*_: object, **__: object) -> None:
    raise OSError(28, "no space left on device: inotify watch limit reached")


@pytest.mark.parametrize(
    "watch, reason", [(refuse, "inotify watch limit"), (lambda *_, **__: iter(()), "events ended")]
)
def test_where_there_are_no_events_it_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watch: Callable[..., object], reason: str
) -> None:
    monkeypatch.setattr("watchfiles.watch", watch)
    events = queue.SimpleQueue[Event]()
    with Notifier([tmp_path], frozenset(), events.put):
        assert say_how(events).words == BY_EVENTS
        told = say_how(events)
        assert told.polling and reason in told.words
        (tmp_path / "exercise.py").write_text("1")
        assert next_save(events) == {"exercise.py"}


def test_a_save_without_an_event_is_found_and_looked_for_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_again = threading.Event()

    def say_nothing(*_: object, **__: object) -> Iterator[set[object]]:
        yield set()
        asked_again.set()
        while True:
            time.sleep(0.01)
            yield set()

    monkeypatch.setattr("watchfiles.watch", say_nothing)
    events = queue.SimpleQueue[Event]()
    with Notifier([tmp_path], frozenset(), events.put):
        say_how(events)
        assert asked_again.wait(PATIENCE)
        (tmp_path / ".new").write_text("1")
        os.utime(tmp_path / ".new", (1, 1))
        (tmp_path / ".new").replace(tmp_path / "exercise.py")
        assert next_save(events) == {"exercise.py"}
        assert "without an event" in say_how(events).words


def test_network_shares_are_looked_at_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noticing, "why_silent", lambda folder: "the folder is on a network share (nfs)")
    events = queue.SimpleQueue[Event]()
    with Notifier([tmp_path], frozenset(), events.put):
        assert say_how(events) == Noticing(
            "Saves are looked for every 0.25 s: the folder is on a network share (nfs).", polling=True
        )

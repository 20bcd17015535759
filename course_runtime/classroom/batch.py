"""Grades a class: each submission through the same check that a student runs, so many at a time."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.classroom.book import LEASE_SECONDS, Book, Entry
from course_runtime.classroom.contents import digest_of
from course_runtime.classroom.fingerprint import grader_digest, key_of
from course_runtime.classroom.grading_one import Given, Judged, grade_one
from course_runtime.classroom.handed_in import HandedIn
from course_runtime.classroom.interruption import Interruptible
from course_runtime.course import Module
from course_runtime.emulator import Places
from course_runtime.grading import KitError

SECONDS_TO_LOOK_AGAIN = 0.5
FAILURES_IN_A_ROW = 5


@dataclass
class Counts:
    """How far it is.

    `by_state`: graded, refused, failed; kept (had their grade already), elsewhere (graded by another grader).
    """

    total: int = 0
    by_state: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        return self.by_state.total()


@dataclass
class Batch:
    module: Module
    content: Path
    places: Places
    book: Book
    scratch: Path
    jobs: int
    unsandboxed: bool = False
    on_done: list[Callable[[Entry, Counts], None]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    _waiting: deque[str] = field(default_factory=deque)
    _by_key: dict[str, HandedIn] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _running: dict[Future[Judged], Given] = field(default_factory=dict)
    _renewed: float = 0.0
    _failures: int = 0

    def register(self, submissions: list[HandedIn], *, again: bool = False) -> None:
        """Enter everybody into the book; what has its grade already, for exactly this, is not graded again."""
        grader = grader_digest(self.module)
        for handed_in in submissions:
            digest = digest_of(handed_in, self.module)
            key = key_of(handed_in.student, digest, grader)
            self._by_key[key] = handed_in
            self._digests[key] = digest
        self.book.register(self.module.short, self._by_key)
        if again:
            self.book.again(self._by_key)
        states = self.book.states(self._by_key)
        self._waiting.extend(key for key in self._by_key if states[key] in ("waiting", "claimed"))
        self.counts.total = len(self._by_key)
        self.counts.by_state["kept"] = self.counts.total - len(self._waiting)

    def run(self) -> Counts:
        """Until everybody has a grade. KeyboardInterrupt leaves the book whole, and what was begun is free again."""
        with ThreadPoolExecutor(self.jobs) as pool, Interruptible() as interruption:
            try:
                while self._waiting or self._running:
                    self._begin(pool)
                    self._take_answers()
                    interruption.point()
            finally:
                self._call_off()
        return self.counts

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        while self._waiting and len(self._running) < self.jobs:
            key = self.book.claim(self._waiting)
            if key is None:
                self._forget_what_others_did()
                return
            while self._waiting[0] != key:
                self._waiting.rotate(-1)
            self._waiting.popleft()
            given = self._given(key)
            self._running[pool.submit(grade_one, given)] = given

    def _given(self, key: str) -> Given:
        handed_in = self._by_key[key]
        return Given(
            self.module,
            handed_in,
            key,
            digest=self._digests[key],
            folder=self.scratch.parent / key,
            seed=self.book.seed_of(handed_in.student),
            content=self.content,
            places=self.places,
            unsandboxed=self.unsandboxed,
        )

    def _forget_what_others_did(self) -> None:
        """All that is left is in others' hands: wait for them, in case one of them ends."""
        states = self.book.states(self._waiting)
        done = [key for key in self._waiting if states[key] not in ("waiting", "claimed")]
        for key in done:
            self._waiting.remove(key)
            self.counts.by_state["elsewhere"] += 1
            self._tell(self._by_key[key])
        if not self._running and self._waiting:
            time.sleep(SECONDS_TO_LOOK_AGAIN)

    def _take_answers(self) -> None:
        done, _ = wait(self._running, timeout=SECONDS_TO_LOOK_AGAIN, return_when=FIRST_COMPLETED)
        for future in done:
            self._write(self._running.pop(future), future.result())
        if time.monotonic() - self._renewed > LEASE_SECONDS / 6:
            self.book.renew([given.key for given in self._running.values()])
            self._renewed = time.monotonic()

    def _write(self, given: Given, judged: Judged) -> None:
        if not self.book.finish(given.key, judged.state, judged.message, judged.result):
            self._waiting.append(given.key)
            return
        self.counts.by_state[judged.state] += 1
        self._tell(given.handed_in)
        self._failures = self._failures + 1 if judged.state == "failed" else 0
        if self._failures >= FAILURES_IN_A_ROW:
            raise KitError(
                f"{self._failures} submissions in a row could not be graded. The last: {judged.message}"
            )

    def _tell(self, handed_in: HandedIn) -> None:
        entry = self.book.entry(self.module.short, handed_in.student)
        for listener in self.on_done:
            listener(entry, self.counts)

    def _call_off(self) -> None:
        for given in self._running.values():
            given.cancel()
        self.book.release([given.key for given in self._running.values()])

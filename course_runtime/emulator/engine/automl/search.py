"""The search itself, as the program that runs inside an AutoML job's sandbox.

python -m course_runtime.emulator.engine.automl.search FOLDER TRAINING [VALIDATION]

What is searched for comes in the environment. FOLDER gets one folder a trial (the MLflow model) and one line a trial
in `trials.jsonl`; who started it reads them as they come.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from course_runtime.emulator.engine.automl import algorithms, evaluation
from course_runtime.emulator.engine.automl.evaluation import Problem, Unusable
from course_runtime.emulator.engine.automl.models import save_model
from course_runtime.emulator.engine.automl.request import SearchRequest

VARIABLE = "WORKSHOP_AUTOML_REQUEST"
TRIALS = "trials.jsonl"
ENSEMBLE = "VotingEnsemble"
MOST_IN_ENSEMBLE = 5
PATIENCE = 20
SEED = 42


@dataclass
class TrialReport:
    index: int
    algorithm: str
    preprocessor: str
    status: str
    settings: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    message: str = ""


class TooLong(Exception):
    """A trial has had its time."""


def main(arguments: Sequence[str] | None = None) -> int:
    folder, training, *validation = sys.argv[1:] if arguments is None else arguments
    warnings.simplefilter("ignore")
    request = replace(
        SearchRequest.from_json(os.environ[VARIABLE]),
        training=training,
        validation=validation[0] if validation else None,
    )
    try:
        problem = evaluation.load(request)
    except Unusable as unusable:
        sys.stderr.write(f"{unusable}\n")
        return 1
    for note in (*request.notes, *problem.notes):
        say(note)
    search = Search(request, problem, Path(folder))
    search.run()
    if not search.good:
        sys.stderr.write("No trial succeeded: each one's reason stands above.\n")
        return 1
    return 0


class Search:
    """Each algorithm once with its library's settings, then draws, more often of what has done well."""

    def __init__(self, request: SearchRequest, problem: Problem, folder: Path) -> None:
        self.request = request
        self.problem = problem
        self.folder = folder
        self.good: list[tuple[TrialReport, evaluation.Evaluated]] = []
        self.count = 0
        self._random = random.Random(SEED)
        self._started = time.monotonic()

    def run(self) -> None:
        leaves_room = self.request.ensemble and self.request.most_trials > 2
        for algorithm, settings in self._plan(self.request.most_trials - int(leaves_room)):
            self._try(algorithm, settings)
            if self._should_end():
                break
        if self.request.ensemble and len(self.good) > 1 and not self._over_time():
            self._try_ensemble()

    def _plan(self, most: int) -> Iterator[tuple[str, dict[str, Any]]]:
        names = [name for name in self.request.algorithms if self._suits(name)] or list(
            self.request.algorithms
        )
        for name in names[:most]:
            yield name, {}
        for _ in range(most - len(names)):
            name = self._promising(names)
            yield name, algorithms.draw(name, self._random)

    def _suits(self, name: str) -> bool:
        return self.problem.rows <= algorithms.SLOW_ON_MANY_ROWS.get(name, self.problem.rows)

    def _promising(self, names: list[str]) -> str:
        """Two times in three one of the best three algorithms so far."""
        ranked = list(dict.fromkeys(report.algorithm for report, _ in self._ranked()))[:3]
        return self._random.choice(ranked if ranked and self._random.random() < 2 / 3 else names)

    def _ranked(self) -> list[tuple[TrialReport, evaluation.Evaluated]]:
        return sorted(self.good, key=lambda one: self._score(one[0]), reverse=True)

    def _score(self, report: TrialReport) -> float:
        value = report.metrics[self.request.metric]
        return value if self.request.maximize else -value

    def _should_end(self) -> bool:
        if self._over_time():
            say(f"The job's timeout of {self.request.seconds:g} seconds is reached; the search ends here.")
            return True
        if not self.good:
            return False
        best = self._ranked()[0][0]
        goal = self.request.exit_score
        if goal is not None and self._score(best) >= (goal if self.request.maximize else -goal):
            say(f"The exit score {goal:g} is reached by trial {best.index}; the search ends here.")
            return True
        if self.request.stops_early and self.count - best.index > PATIENCE:
            say(f"No trial was better than trial {best.index} in the last {PATIENCE}; the search ends here.")
            return True
        return False

    def _over_time(self) -> bool:
        return time.monotonic() - self._started > self.request.seconds

    def _try(self, algorithm: str, settings: dict[str, Any]) -> None:
        report = self._new_report(algorithm, algorithms.scaler_for(algorithm), settings)
        started = time.monotonic()
        try:
            with at_most(self.request.seconds_a_trial):
                found = evaluation.evaluate(self.problem, algorithm, settings, SEED)
            self._keep(report, found)
        except TooLong:
            report.status = "Canceled"
            report.message = (
                f"It was not done after {self.request.seconds_a_trial:g} seconds, the trial timeout."
            )
        except Exception as problem:  # noqa: BLE001 - one algorithm that does not suit the data must not end the search
            report.status, report.message = "Failed", f"{type(problem).__name__}: {problem}"
        report.seconds = time.monotonic() - started
        self._write(report)

    def _try_ensemble(self) -> None:
        members = [found for _, found in self._ranked()[:MOST_IN_ENSEMBLE]]
        report = self._new_report(ENSEMBLE, "", {"members": len(members)})
        started = time.monotonic()
        self._keep(report, evaluation.vote(self.problem, members))
        report.seconds = time.monotonic() - started
        self._write(report)

    def _new_report(self, algorithm: str, scaler: str, settings: dict[str, Any]) -> TrialReport:
        report = TrialReport(self.count, algorithm, scaler, "Completed", settings)
        self.count += 1
        return report

    def _keep(self, report: TrialReport, found: evaluation.Evaluated) -> None:
        report.metrics = dict(found.metrics)
        save_model(found.model, self.problem, self.folder / f"trial_{report.index}" / "mlflow-model")
        self.good.append((report, found))

    def _write(self, report: TrialReport) -> None:
        with (self.folder / TRIALS).open("a") as file:
            file.write(json.dumps(asdict(report)) + "\n")
        score = report.metrics.get(self.request.metric)
        outcome = f"{score:.5f}" if score is not None else f"{report.status}: {report.message}"
        say(
            f"{report.index:>4}  {', '.join(filter(None, (report.preprocessor, report.algorithm))):<48} {outcome}"
        )


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    def too_long(number: int, frame: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())

"""The program that computes a monitor's signals, run as a job in the sandbox: the data is the student's.

python -m course_runtime.emulator.engine.monitors.compute FOLDER REFERENCE PRODUCTION [REFERENCE PRODUCTION ...]

The signals come in the environment, one pair of paths for each; FOLDER gets `signals.json`. Exit code 1: no data.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course_runtime.emulator.engine.monitors import definition, quality, signals
from course_runtime.emulator.engine.monitors.definition import Signal, Threshold
from course_runtime.emulator.engine.tables import TableError, read_table

VARIABLE = "WORKSHOP_MONITOR_SIGNALS"
EMAILS = "WORKSHOP_MONITOR_EMAILS"
RESULT = "signals.json"
Frame = Any


@dataclass(frozen=True)
class Measured:
    signal: str
    feature: str
    metric: str
    value: float
    threshold: float
    alert: bool


class Unusable(Exception):
    """The data does not fit the monitor; the message says what was expected and what came."""


def main(arguments: Sequence[str] | None = None) -> int:
    folder, *paths = sys.argv[1:] if arguments is None else arguments
    wanted = definition.from_json(os.environ[VARIABLE])
    measured: list[Measured] = []
    try:
        for signal, reference, production in zip(wanted, paths[::2], paths[1::2], strict=True):
            measured += measure(signal, read_table(Path(reference)), read_table(Path(production)))
    except (TableError, Unusable) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    _show(measured)
    _track(measured)
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / RESULT).write_text(json.dumps([asdict(one) for one in measured], indent=1))
    return 0


def _show(measured: Sequence[Measured]) -> None:
    for one in measured:
        flag = "ALERT" if one.alert else "ok"
        sys.stdout.write(
            f"{one.signal:<20} {one.feature:<28} {one.metric:<32} {one.value:>10.4f}  "
            f"(threshold {one.threshold:g})  {flag}\n"
        )
    if any(one.alert for one in measured) and os.environ.get(EMAILS):
        sys.stdout.write(
            f"Azure would now send an e-mail to {os.environ[EMAILS]}; this one writes it here only.\n"
        )


def _track(measured: Sequence[Measured]) -> None:
    """As metrics of the run and, for what alerts, tags: where a script that reacts to drift looks."""
    if "MLFLOW_TRACKING_URI" not in os.environ:
        return
    import mlflow

    with mlflow.start_run():
        mlflow.log_metrics({f"{one.signal}.{one.feature}.{one.metric}": one.value for one in measured})
        alerting = [f"{one.signal}.{one.feature}.{one.metric}" for one in measured if one.alert]
        mlflow.set_tags({"alert": str(bool(alerting)).lower(), "alerting": ", ".join(alerting)})


def measure(signal: Signal, reference: Frame, production: Frame) -> Iterator[Measured]:
    for feature in _features(signal, reference, production):
        before, now = reference[feature], production[feature]
        numerical = _is_numerical(signal, feature, before)
        for threshold in signal.thresholds:
            if threshold.is_numerical == numerical:
                yield _measured(signal, feature, threshold, before, now)


def _features(signal: Signal, reference: Frame, production: Frame) -> list[str]:
    both = [column for column in reference.columns if column in set(production.columns)]
    chosen = list(signal.features) or [column for column in both if column not in signal.left_out]
    missing = [name for name in chosen if name not in both]
    if missing or not chosen:
        what = f"the columns {', '.join(map(repr, missing))}" if missing else "a column"
        raise Unusable(
            f"The signal '{signal.name}' needs {what} on both sides. The reference has "
            f"{', '.join(map(str, reference.columns))}; production has {', '.join(map(str, production.columns))}."
        )
    return chosen


def _is_numerical(signal: Signal, feature: str, before: Any) -> bool:
    override = signal.types.get(feature)
    return override.lower() == "numerical" if override else signals.is_numerical(before)


def _measured(signal: Signal, feature: str, threshold: Threshold, before: Any, now: Any) -> Measured:
    metric = _metrics(signal, threshold.is_numerical)[threshold.metric]
    if signal.kind != "DataQuality":
        before, now = before.dropna(), now.dropna()
        if not len(before) or not len(now):
            raise Unusable(f"The signal '{signal.name}': the column '{feature}' has no values on one side.")
    value = metric.compute(before, now)
    return Measured(
        signal.name, feature, threshold.metric, value, threshold.value, metric.alerts(value, threshold.value)
    )


def _metrics(signal: Signal, numerical: bool) -> Mapping[str, signals.Metric]:
    if signal.kind == "DataQuality":
        return quality.METRICS
    return signals.numerical() if numerical else signals.categorical()


if __name__ == "__main__":
    raise SystemExit(main())

"""A monitor as it was submitted, checked: its signals, the data of each, and the thresholds that alert."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from course_runtime.emulator.engine.monitors import quality, signals
from course_runtime.emulator.kernel.errors import user_error

KINDS = ("DataDrift", "PredictionDrift", "DataQuality")


@dataclass(frozen=True)
class Threshold:
    metric: str
    is_numerical: bool
    value: float = signals.DEFAULT_THRESHOLD


@dataclass(frozen=True)
class Signal:
    name: str
    kind: str
    reference: Mapping[str, Any]
    """A job input: its URI and type."""
    production: Mapping[str, Any]
    thresholds: tuple[Threshold, ...]
    features: tuple[str, ...] = ()
    """None named means all."""
    left_out: tuple[str, ...] = ()
    """The target column is no feature."""
    types: Mapping[str, str] = field(default_factory=dict)
    notifies: bool = False


def read(definition: Mapping[str, Any]) -> list[Signal]:
    """From a schedule's `monitorDefinition`; AzureError, in words, for what cannot be computed."""
    given = definition.get("signals") or {}
    if not given:
        raise user_error("The monitor has no signals: name at least one in monitoring_signals.")
    return [_signal(name, body) for name, body in given.items()]


def _signal(name: str, body: Mapping[str, Any]) -> Signal:
    kind = next((one for one in KINDS if one.lower() == str(body.get("signalType")).lower()), None)
    if kind is None:
        raise user_error(
            f"The signal '{name}' has the type '{body.get('signalType')}'. This Azure computes {', '.join(KINDS)}; "
            "the others it cannot judge, so it does not pretend to."
        )
    reference, production = body.get("referenceData") or {}, body.get("productionData") or {}
    if isinstance(production, list):
        production = production[0] if production else {}
    for side, data in (("reference_data", reference), ("production_data", production)):
        if not data.get("uri"):
            raise user_error(
                f"The signal '{name}' has no {side}: this Azure collects no data from endpoints by itself, so name "
                f"the data with {side}=...(input_data=Input(...))."
            )
    columns = reference.get("columns") or {}
    choice = body.get("features") or {}
    return Signal(
        name=name,
        kind=kind,
        reference={"uri": reference["uri"], "jobInputType": reference.get("jobInputType", "mltable")},
        production={"uri": production["uri"], "jobInputType": production.get("jobInputType", "mltable")},
        thresholds=tuple(_thresholds(name, kind, body.get("metricThresholds") or [])),
        features=tuple(choice.get("features") or ()),
        left_out=tuple(filter(None, (columns.get("target_column") or columns.get("targetColumn"),))),
        types=dict(body.get("featureDataTypeOverride") or {}),
        notifies=bool(body.get("notificationTypes")) or str(body.get("mode")).lower() == "enabled",
    )


def _thresholds(name: str, kind: str, given: list[Mapping[str, Any]]) -> list[Threshold]:
    known = {
        True: quality.METRICS if kind == "DataQuality" else signals.numerical(),
        False: quality.METRICS if kind == "DataQuality" else signals.categorical(),
    }
    found = []
    for one in given:
        is_numerical = str(one.get("dataType")).lower() == "numerical"
        metric = next(
            (key for key in known[is_numerical] if key.lower() == str(one.get("metric")).lower()), None
        )
        if metric is None:
            raise user_error(
                f"The signal '{name}' asks for the metric '{one.get('metric')}', which is not one of {kind} on "
                f"{one.get('dataType')} columns: {', '.join(known[is_numerical])}."
            )
        value = (one.get("threshold") or {}).get("value")
        found.append(
            Threshold(metric, is_numerical, signals.DEFAULT_THRESHOLD if value is None else float(value))
        )
    if not found:
        raise user_error(
            f"The signal '{name}' has no metric_thresholds: without one there is nothing to compute."
        )
    return found


def to_json(found: list[Signal]) -> str:
    return json.dumps([asdict(one) for one in found])


def from_json(text: str) -> list[Signal]:
    return [
        Signal(
            **{
                **body,
                "thresholds": tuple(Threshold(**one) for one in body["thresholds"]),
                "features": tuple(body["features"]),
                "left_out": tuple(body["left_out"]),
            }
        )
        for body in json.loads(text)
    ]

"""The job that computes a monitor: a command job like any other, so that its log and metrics are read as usual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.engine.monitors import compute
from course_runtime.emulator.engine.monitors.definition import Signal, read, to_json

ENVIRONMENT = "azureml:AzureML-sklearn-1.5@latest"
OUTPUT = "signals"


def definition(monitor: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The job's properties; AzureError for a monitor that cannot be computed."""
    signals = read(monitor)
    places = [f"${{{{inputs.{key}}}}}" for signal in signals for key in _inputs(signal)]
    command = f"python -m {compute.__name__} ${{{{outputs.{OUTPUT}}}}} {' '.join(places)}"
    return {
        "jobType": "Command",
        "command": command,
        "environmentId": ENVIRONMENT,
        "experimentName": name,
        "environmentVariables": {
            compute.VARIABLE: to_json(signals),
            compute.EMAILS: ", ".join(_emails(monitor)),
        },
        "inputs": {key: dict(given) for signal in signals for key, given in _inputs(signal).items()},
        "outputs": {OUTPUT: {"jobOutputType": "uri_folder", "mode": "ReadWriteMount"}},
        "properties": {"azureml.runsource": "azureml.monitor"},
    }


def _inputs(signal: Signal) -> dict[str, Mapping[str, Any]]:
    return {f"{signal.name}_reference": signal.reference, f"{signal.name}_production": signal.production}


def _emails(monitor: Mapping[str, Any]) -> list[str]:
    setting = monitor.get("alertNotificationSetting") or {}
    return list((setting.get("emailNotificationSetting") or {}).get("emails") or [])

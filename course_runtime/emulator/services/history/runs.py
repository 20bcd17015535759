"""What a run, an experiment and a metric are. Moments are seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]

DEFAULT_EXPERIMENT = "Default"
INTERACTIVE = "azureml.interactive"
"""The type of a run that a script began by itself, outside of any job."""
NOT_BEGUN = ("NotStarted", "Queued", "Provisioning", "Preparing", "Starting")
UNDER_WAY = ("Running", "Finalizing", "CancelRequested", "Paused")
OVER = ("Completed", "Failed", "Canceled", "NotResponding")
STATUSES = (*NOT_BEGUN, *UNDER_WAY, *OVER)


@dataclass
class Run:
    workspace: str
    """The workspace's ARM id in lower case."""
    id: str
    number: int
    """Grows with every run of the cloud: a page's place, and what the other tables know the run by."""
    experiment: str
    experiment_id: str
    parent: str | None
    root: str
    status: str
    run_type: str
    display_name: str
    created: float
    start: float | None
    end: float | None
    hidden: bool
    """Archived in Azure's words, deleted in MLflow's."""
    created_by: str
    target: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    inputs: Body = field(default_factory=dict)
    outputs: Body = field(default_factory=dict)
    """By name: `{"assetId": ..., "type": ...}`, as run history shows them."""
    datasets: list[Body] = field(default_factory=list)
    """What MLflow calls the run's inputs: data sets that a script said it read."""
    models: list[Body] = field(default_factory=list)
    """The MLflow models that the run logged: `{"model_id": ..., "step": ...}`."""
    error: Body | None = None
    description: str | None = None
    definition: Body = field(default_factory=dict)
    """What a client said of the run besides, and wants to read again: `runDefinition`, `scriptName`, ..."""
    log_files: dict[str, str] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return self.status in OVER


@dataclass(frozen=True)
class Experiment:
    workspace: str
    id: str
    name: str
    created: float
    updated: float
    archived: bool = False
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Metric:
    name: str
    value: float
    step: int
    timestamp: float


@dataclass(frozen=True)
class MetricReport:
    """One logged value, as subscribers of the store hear of it."""

    workspace: str
    run: str
    metric: Metric

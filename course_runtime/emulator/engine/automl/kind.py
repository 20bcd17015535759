"""AutoML jobs: one job of their own searches in the sandbox; its trials become child runs, best ones and all."""

from __future__ import annotations

import json
from typing import Any

from course_runtime.emulator.engine import materialise, references
from course_runtime.emulator.engine.automl import request as requests
from course_runtime.emulator.engine.automl import search
from course_runtime.emulator.engine.automl.request import SearchRequest
from course_runtime.emulator.engine.automl.search import TrialReport
from course_runtime.emulator.engine.children import Children
from course_runtime.emulator.engine.command.outputs import anonymous_id
from course_runtime.emulator.engine.outcome import COMPLETED, Outcome, canceled, failed
from course_runtime.emulator.engine.running_job import STD_LOG, RunningJob
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.history.artifacts import run_place
from course_runtime.emulator.services.history.job_entries import add_entry
from course_runtime.emulator.services.history.runs import Metric

ENVIRONMENT = "azureml:AzureML-sklearn-1.5@latest"
OUTPUT = "trials"
BEST_MODEL = "best_model"
MODEL = "outputs/mlflow-model"
SIDES = {"training": "trainingData", "validation": "validationData"}


class AutoMLKind:
    def check(self, properties: Body, context: Context) -> None:
        details = properties.get("taskDetails") or {}
        requests.read(details)
        for field in SIDES.values():
            _require_table(field, details.get(field))
        if not details.get("trainingData"):
            raise user_error("An AutoML job needs training_data: an Input of type mltable; none came.")

    async def run(self, job: RunningJob) -> Outcome:
        job.set_status("Running")
        request = requests.read(job.properties["taskDetails"])
        searching = job.submit(f"{job.name}_search", {"properties": _search_job(job, request)})
        with Children[None](job) as under_way:
            under_way.add(searching, None)
            ended = await under_way.next_ended()
            if not ended:
                await under_way.cancel()
                return canceled()
        outcome = ended[0][1]
        job.log(_log_of(searching))
        if not outcome.succeeded:
            said = outcome.error["error"]["message"] if outcome.error else outcome.status
            return failed(f"The AutoML search failed: {said}")
        return await Leaderboard(job, request, searching).fill()


def _require_table(field: str, data: Any) -> None:
    """azure-ai-ml sends an address by itself as it is."""
    if data and not (isinstance(data, dict) and data.get("uri")):
        raise user_error(
            f"The {field} of an AutoML job is an Input of type mltable with a path; {data!r} came."
        )


def _search_job(job: RunningJob, request: SearchRequest) -> Body:
    details = job.properties["taskDetails"]
    inputs = {
        side: dict(details[field]) for side, field in SIDES.items() if (details.get(field) or {}).get("uri")
    }
    places = " ".join(f"${{{{inputs.{side}}}}}" for side in inputs)
    return {
        "jobType": "Command",
        "displayName": "search",
        "command": f"python -m {search.__name__} ${{{{outputs.{OUTPUT}}}}} {places}",
        "environmentId": ENVIRONMENT,
        "computeId": job.properties.get("computeId"),
        "environmentVariables": {search.VARIABLE: request.to_json()},
        "inputs": inputs,
        "outputs": {OUTPUT: {"jobOutputType": "uri_folder", "mode": "ReadWriteMount"}},
        "identity": job.properties.get("identity"),
    }


def _log_of(searching: RunningJob) -> str:
    text = searching.artifacts(STD_LOG).read() or b""
    return text.decode("utf-8", "replace")


class Leaderboard:
    """The trials as runs below the job's, and what the job itself says of the best."""

    def __init__(self, job: RunningJob, request: SearchRequest, searching: RunningJob) -> None:
        self.job = job
        self.request = request
        self.searching = searching
        self.folder = job.folder / "trials"

    async def fill(self) -> Outcome:
        output = self.searching.properties["outputs"][OUTPUT]["uri"]
        await materialise.download(
            references.place(self.job.cloud, self.job.workspace_id, output), self.folder
        )
        lines = (self.folder / search.TRIALS).read_text().splitlines()
        reports = [TrialReport(**json.loads(line)) for line in lines]
        for report in reports:
            await self._add(report)
        best = self._best(reports)
        if best is None:
            return failed("No trial succeeded: each one's reason stands in the log.")
        await self._crown(best)
        return COMPLETED

    def _best(self, reports: list[TrialReport]) -> TrialReport | None:
        good = [report for report in reports if report.status == "Completed"]
        sign = 1 if self.request.maximize else -1
        return max(good, key=lambda report: sign * report.metrics[self.request.metric], default=None)

    def _name(self, report: TrialReport) -> str:
        return f"{self.job.name}_{report.index}"

    async def _add(self, report: TrialReport) -> None:
        job, runs, name = self.job, self.job.cloud.runs, self._name(report)
        if runs.get(job.workspace_id, name) is not None:
            return  # from before a restart
        run = runs.create(
            job.workspace_id,
            name,
            experiment=job.run.experiment,
            parent=job.name,
            run_type="automl",
            display_name=name,
            properties={
                "iteration": str(report.index),
                "run_algorithm": report.algorithm,
                "run_preprocessor": report.preprocessor,
                "primary_metric": self.request.metric,
                "score": repr(report.metrics.get(self.request.metric, float("nan"))),
                "pipeline_spec": json.dumps(report.settings),
                "fit_time": f"{report.seconds:.3f}",
                "runTemplate": "automl_child",
            },
            status="Running",
            created_by=job.run.created_by,
        )
        now = job.cloud.clock.now()
        runs.log_metrics(
            job.workspace_id,
            name,
            [Metric(metric, value, 0, now) for metric, value in report.metrics.items()],
        )
        model = self.folder / f"trial_{report.index}" / "mlflow-model"
        if model.is_dir():
            await materialise.upload(model, run_place(job.cloud, job.workspace, name).at(MODEL))
        error = {"error": {"code": "UserError", "message": report.message}} if report.message else None
        run = runs.update(job.workspace_id, name, status=report.status, error=error)
        add_entry(job.cloud, job.workspace, run, job.principal)

    async def _crown(self, best: TrialReport) -> None:
        job, name = self.job, self._name(best)
        job.set_properties(best_child_run_id=name, score=repr(best.metrics[self.request.metric]))
        job.cloud.runs.set_tag(job.workspace_id, job.name, "automl_best_child_run_id", name)
        now = job.cloud.clock.now()
        job.cloud.runs.log_metrics(
            job.workspace_id,
            job.name,
            [Metric(metric, value, 0, now) for metric, value in best.metrics.items()],
        )
        score = best.metrics[self.request.metric]
        job.log(f"The best trial is {name}: {best.algorithm}, {self.request.metric} {score:.5f}.")
        asked = (job.properties.get("outputs") or {}).get(BEST_MODEL)
        if asked is not None:
            uri = (
                asked.get("uri")
                or f"azureml://datastores/workspaceblobstore/paths/azureml/{job.name}/{BEST_MODEL}/"
            )
            place = references.place(job.cloud, job.workspace_id, uri)
            await materialise.upload(self.folder / f"trial_{best.index}" / "mlflow-model", place)
            job.update(outputs={BEST_MODEL: {**asked, "uri": uri}})
            asset_id = anonymous_id(job, BEST_MODEL, "mlflow_model")
            shown = {"uri": uri, "type": "mlflow_model", "assetId": asset_id}
            job.cloud.runs.update(job.workspace_id, job.name, outputs=job.run.outputs | {BEST_MODEL: shown})

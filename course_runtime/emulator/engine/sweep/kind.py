"""Sweep jobs: trials are command jobs of their own, tried point by point until the plan or a limit ends it."""

from __future__ import annotations

import asyncio
import json
import math

from course_runtime.emulator.engine.children import Children
from course_runtime.emulator.engine.outcome import COMPLETED, Outcome, canceled, failed
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.engine.sweep import plan as plans
from course_runtime.emulator.engine.sweep.plan import SweepPlan
from course_runtime.emulator.engine.sweep.sampling import Trial
from course_runtime.emulator.engine.sweep.space import Point
from course_runtime.emulator.engine.sweep.termination import reason_to_stop
from course_runtime.emulator.engine.sweep.trial import PLACEHOLDER, trial_job
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.history.runs import MetricReport
from course_runtime.emulator.services.workspaces import durations

LOG = "azureml-logs/hyperdrive.txt"
SEED = "azureml.emulator.seed"
HYPERPARAMETERS = "hyperparameters"
BEST_TRIAL = "best_child_run_id"


class SweepKind:
    def check(self, properties: Body, context: Context) -> None:
        plans.read(properties)

    async def run(self, job: RunningJob) -> Outcome:
        sweep = Sweep(job)
        _require_known_names(str((job.properties.get("trial") or {}).get("command") or ""), sweep.plan)
        return await sweep.run()


def _require_known_names(command: str, plan: SweepPlan) -> None:
    known = {one.name for one in plan.space}
    unknown = sorted(set(PLACEHOLDER.findall(command)) - known)
    if unknown:
        raise user_error(
            f"The trial's command uses ${{{{search_space.{unknown[0]}}}}}, but the search space has "
            f"{', '.join(sorted(known))}."
        )


class Sweep:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.plan = plans.read(job.properties, seed=_seed(job))
        self.children: list[RunningJob] = []
        self.points: list[Point] = []
        self.reports: dict[str, list[float]] = {}
        self.ended: dict[str, Outcome] = {}
        self._used_up = False

    async def run(self) -> Outcome:
        self.job.set_status("Running")
        self._say(f"{self.plan.trials} trials at most, {self.plan.at_once} at once, seed {self.plan.seed}.")
        self._find_earlier_trials()
        unsubscribe = self.job.cloud.runs.subscribe(self._reported)
        with Children[RunningJob](self.job) as trials:
            try:
                return await asyncio.wait_for(self._all_trials(trials), self._seconds())
            except asyncio.TimeoutError:
                await trials.cancel()
                return canceled("The sweep reached its timeout; the trials that had not ended were canceled.")
            finally:
                unsubscribe()

    async def _all_trials(self, trials: Children[RunningJob]) -> Outcome:
        for child in self.children:
            trials.add(child, child)
        while True:
            await self._fill_up(trials)
            if not trials:
                return self._outcome()
            for child, outcome in await trials.next_ended():
                self._trial_ended(child, outcome)
            if trials.to_stop:
                await trials.cancel()
                return canceled()

    # Trials ---------------------------------------------------------------------------------------

    def _find_earlier_trials(self) -> None:
        """After a restart: the points that were tried already stand in the trials themselves."""
        while self.job.cloud.resources.get(f"{self.job.workspace_id}/jobs/{self._name()}"):
            child = self.job.engine.job(f"{self.job.workspace_id}/jobs/{self._name()}")
            self._add(child, json.loads(child.properties["properties"][HYPERPARAMETERS]))
            history = self.job.cloud.runs.metrics(self.job.workspace_id, child.name, self.plan.metric)
            self.reports[child.name] = [_comparable(one.value, self.plan.goal.maximize) for one in history]

    async def _fill_up(self, under_way: Children[RunningJob]) -> None:
        while len(under_way) < self.plan.at_once and not self._used_up:
            trials = [
                Trial(point, self._best(child))
                for point, child in zip(self.points, self.children, strict=True)
            ]
            point = await asyncio.to_thread(self.plan.next_point, trials)
            if point is None:
                self._used_up = True
                return
            name = self._name()
            self._say(f"{name}: {json.dumps(point)}")
            child = self.job.submit(name, {"properties": trial_job(self.job.properties, point, name)})
            self._add(child, point)
            under_way.add(child, child)

    def _name(self) -> str:
        return f"{self.job.name}_{len(self.children)}"

    def _add(self, child: RunningJob, point: Point) -> None:
        self.children.append(child)
        self.points.append(point)
        self.reports.setdefault(child.name, [])

    def _reported(self, report: MetricReport) -> None:
        is_mine = report.workspace == self.job.workspace_id.lower() and report.run in self.reports
        if not is_mine or report.metric.name != self.plan.metric:
            return
        self.reports[report.run].append(_comparable(report.metric.value, self.plan.goal.maximize))
        reason = reason_to_stop(self.plan.policy, self.plan.goal, report.run, self.reports, self.ended)
        if reason and report.run not in self.ended:
            self._say(f"{report.run}: ended early, {reason}.")
            self.job.cloud.runs.set_tag(self.job.workspace_id, report.run, "early_terminated", reason)
            self.job.engine.cancel(f"{self.job.workspace_id}/jobs/{report.run}")

    def _trial_ended(self, child: RunningJob, outcome: Outcome) -> None:
        self.ended[child.name] = outcome
        best = self._best(child)
        shown = f"best {self.plan.metric} {best:g}" if best is not None else f"no {self.plan.metric} logged"
        self._say(f"{child.name}: {outcome.status}, {shown}.")

    # Its end --------------------------------------------------------------------------------------

    def _best(self, child: RunningJob) -> float | None:
        values = [value for value in self.reports[child.name] if math.isfinite(value)]
        return self.plan.goal.best(values) if values else None

    def _outcome(self) -> Outcome:
        scored = {child.name: best for child in self.children if (best := self._best(child)) is not None}
        if scored:
            value = self.plan.goal.best(list(scored.values()))
            winner = next(name for name, one in scored.items() if one == value)
            self._say(f"The best trial is {winner}: {self.plan.metric} {value:g}.")
            self.job.set_properties(**{BEST_TRIAL: winner, "score": repr(value)})
            self.job.cloud.runs.log_metric(self.job.workspace_id, self.job.name, self.plan.metric, value)
            return COMPLETED
        if not any(outcome.succeeded for outcome in self.ended.values()):
            return self._all_failed()
        return failed(
            f"The primary metric '{self.plan.metric}' was never logged by any of the {len(self.children)} trials, so "
            f"there is no best trial. {self._what_was_logged()} Log it under exactly that name, or change "
            "primary_metric.",
            "PrimaryMetricNotLogged",
        )

    def _all_failed(self) -> Outcome:
        name, outcome = next(iter(self.ended.items()), ("", COMPLETED))
        message = outcome.error["error"]["message"] if outcome.error else "it gave no reason."
        return failed(
            f"User errors were found in at least one of the child runs: none of the {len(self.ended)} trials "
            f"completed. The first, {name}: {message}"
        )

    def _what_was_logged(self) -> str:
        first = next(child for child in self.children if self.ended[child.name].succeeded)
        logged = sorted(self.job.cloud.runs.latest_metrics(self.job.workspace_id, first.name))
        return f"The trial {first.name} logged {', '.join(logged) if logged else 'no metric at all'}."

    def _seconds(self) -> float | None:
        given = (self.job.properties.get("limits") or {}).get("timeout")
        return durations.seconds(given, "timeout") if given else None

    def _say(self, text: str) -> None:
        self.job.log(text, LOG)


def _comparable(value: float, maximize: bool) -> float:
    """What is not a number is worse than any."""
    return value if math.isfinite(value) else (-math.inf if maximize else math.inf)


def _seed(job: RunningJob) -> int:
    """Drawn once, where the job names none: a sweep that goes on after a restart goes on with the same points."""
    kept = job.run.properties.get(SEED)
    if kept is None:
        kept = str(plans.new_seed())
        job.set_properties(**{SEED: kept})
    return int(kept)

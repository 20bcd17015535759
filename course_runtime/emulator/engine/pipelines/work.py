"""What one node of a pipeline does: the jobs it begins, one after another or at once, until it has its outputs."""

from __future__ import annotations

from abc import ABC, abstractmethod

from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.engine.pipelines.graph import Graph, Node
from course_runtime.emulator.engine.pipelines.submission import Produced, Submission
from course_runtime.emulator.engine.running_job import RunningJob


class Work(ABC):
    """Done when none of its jobs is under way any more. An AzureError that a method raises is the node's failure."""

    def __init__(self, node: Node, graph: Graph, submission: Submission) -> None:
        self.node = node
        self.graph = graph
        self.submission = submission
        self.problem = ""
        """Why it failed."""
        self.produced: dict[str, Produced] = {}
        """By the node whose outputs they are: of a do_while, those of its body."""
        self.left_out: set[str] = set()
        """Nodes that are not to run."""

    @abstractmethod
    async def begin(self) -> list[RunningJob]:
        """Its first jobs."""

    @abstractmethod
    async def ended(self, child: RunningJob, outcome: Outcome) -> list[RunningJob]:
        """Its next jobs, after one that has ended."""


class Step(Work):
    """A node that is one job."""

    async def begin(self) -> list[RunningJob]:
        return [self.submission.submit(self.node)]

    async def ended(self, child: RunningJob, outcome: Outcome) -> list[RunningJob]:
        if outcome.succeeded:
            self.produced[self.node.name] = self.submission.produced(self.node, child)
        else:
            self.problem = message_of(outcome)
        return []


def message_of(outcome: Outcome) -> str:
    return str(outcome.error["error"]["message"]) if outcome.error else outcome.status

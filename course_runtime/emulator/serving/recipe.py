"""What a deployment runs: read from its resource, so that what runs the same has the same recipe."""

from __future__ import annotations

from dataclasses import dataclass, field

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.services.workspaces.deployment_assets import model_id
from course_runtime.emulator.services.workspaces.durations import seconds
from course_runtime.emulator.store.resources import Stored

MOST_PROCESSES = 2
SCORING_TIMEOUT = "PT5S"
PROBE = {
    "initialDelay": "PT10S",
    "period": "PT10S",
    "timeout": "PT2S",
    "successThreshold": 1,
    "failureThreshold": 30,
}


@dataclass(frozen=True)
class Recipe:
    """Ids of assets as the deployment names them; empty where it names none."""

    model: str
    environment: str
    code: str
    script: str
    variables: dict[str, str] = field(default_factory=dict)
    request_seconds: float = 5.0
    processes: int = 1


def recipe_of(deployment: Stored) -> Recipe:
    properties = deployment.properties
    code = properties.get("codeConfiguration") or {}
    return Recipe(
        model=str(model_id(properties) or ""),
        environment=str(properties.get("environmentId") or ""),
        code=str(code.get("codeId") or ""),
        script=str(code.get("scoringScript") or ""),
        variables={name: str(value) for name, value in properties["environmentVariables"].items()},
        request_seconds=request_seconds(properties),
        processes=processes_of(deployment),
    )


def processes_of(deployment: Stored) -> int:
    """As many server processes as instances, within what one machine can bear; more where WORKER_COUNT asks for it."""
    asked = str(deployment.properties["environmentVariables"].get("WORKER_COUNT", "1"))
    each = int(asked) if asked.isdecimal() else 1
    return min(max(1, instances_of(deployment) * each), MOST_PROCESSES)


def instances_of(deployment: Stored) -> int:
    return int(deployment.body["sku"]["capacity"])


def request_seconds(properties: Body) -> float:
    settings = properties.get("requestSettings") or {}
    return seconds(settings.get("requestTimeout") or SCORING_TIMEOUT, "requestSettings.requestTimeout")


def at_once(deployment: Stored) -> int:
    """How many requests all instances together work on at once."""
    settings = deployment.properties.get("requestSettings") or {}
    each = settings.get("maxConcurrentRequestsPerInstance") or 1
    return max(1, int(each) * instances_of(deployment))


def seconds_to_get_ready(properties: Body) -> float:
    """How long the readiness probe is patient: its first delay, then all the tries that it has."""
    probe = PROBE | {name: value for name, value in (properties.get("readinessProbe") or {}).items() if value}
    delay, period = seconds(probe["initialDelay"], "initialDelay"), seconds(probe["period"], "period")
    return delay + period * int(probe["failureThreshold"])

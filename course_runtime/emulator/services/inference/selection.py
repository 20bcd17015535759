"""Which deployment a request goes to: the one it names, or the one whose turn it is by the traffic."""

from __future__ import annotations

from starlette.requests import Request

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.inference.answers import Refused
from course_runtime.emulator.serving.hosting import DEPLOYMENTS, Hosting
from course_runtime.emulator.store.resources import Stored

HEADER = "azureml-model-deployment"


def selected(request: Request, endpoint: Stored) -> Stored:
    """Refused with 404 where no deployment is to answer."""
    there = _deployments(request.scope["cloud"], endpoint)
    asked = request.headers.get(HEADER)
    if asked:
        return _named(there, asked, endpoint)
    traffic = endpoint.properties["traffic"]
    name = _hosting(request).split(endpoint, "traffic").next(traffic) if sum(traffic.values()) else None
    found = there.get(str(name).lower())
    if found is None:
        raise Refused(
            404,
            "not_found",
            "The endpoint does not have any valid deployment with positive weight: "
            f"the traffic of '{endpoint.name}' is {traffic or 'empty'} and its deployments are {_listed(there)}. "
            "Give one of them traffic, or name one in the header 'azureml-model-deployment'.",
        )
    return found


def mirror_for(request: Request, endpoint: Stored, answering: Stored) -> Stored | None:
    """The deployment that gets a copy of this request, if one is due. Requests for a named one are not copied."""
    shares = endpoint.properties["mirrorTraffic"]
    if not shares or HEADER in request.headers:
        return None
    name = _hosting(request).split(endpoint, "mirror").next(shares)
    found = _deployments(request.scope["cloud"], endpoint).get(str(name).lower())
    return None if found is None or found.id == answering.id else found


def _named(there: dict[str, Stored], asked: str, endpoint: Stored) -> Stored:
    if asked.lower() not in there:
        raise Refused(
            404,
            "not_found",
            f"The header 'azureml-model-deployment' names '{asked}', which is no deployment of the endpoint "
            f"'{endpoint.name}' (its deployments: {_listed(there)}).",
        )
    return there[asked.lower()]


def _deployments(cloud: Cloud, endpoint: Stored) -> dict[str, Stored]:
    return {one.name.lower(): one for one in cloud.resources.children(endpoint.id, DEPLOYMENTS)}


def _listed(there: dict[str, Stored]) -> str:
    return ", ".join(one.name for one in there.values()) or "none"


def _hosting(request: Request) -> Hosting:
    hosting: Hosting = request.scope["cloud"].hosting
    return hosting

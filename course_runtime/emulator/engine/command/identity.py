"""Who a job is: the identity that its code signs in with, as the job, its compute or its submitter gives it."""

from __future__ import annotations

import secrets

from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.login.model import JOB_SECRET, issue

HOST = "http://169.254.169.254"
ARM = "https://management.azure.com"


def variables_of(job: RunningJob, compute_id: str) -> dict[str, str]:
    """The run's own token, for tracking; and the endpoints that give the identities' tokens for anything else."""
    token = issue(job.cloud, job.principal, ARM)
    principal = _principal(job, compute_id)
    variables = {
        "AZUREML_RUN_TOKEN": token["access_token"],
        "AZUREML_RUN_TOKEN_EXPIRY": token["expires_on"],
        "MLFLOW_TRACKING_TOKEN": token["access_token"],
        "MSI_ENDPOINT": f"{HOST}/msi/token",
        "MSI_SECRET": _new_secret(job, principal),
    }
    if principal and principal.managed:
        variables["DEFAULT_IDENTITY_CLIENT_ID"] = principal.app_id
    if _kind(job) == "useridentity":
        variables["OBO_ENDPOINT"] = f"{HOST}/obo/{_new_secret(job, job.principal)}"
    return variables


def _new_secret(job: RunningJob, principal: Principal | None) -> str:
    """What a process of the job shows to get the principal's tokens."""
    secret = secrets.token_urlsafe(24)
    job.cloud.documents.put(JOB_SECRET, secret, {"object_id": principal.object_id if principal else ""})
    return secret


def _kind(job: RunningJob) -> str:
    return str((job.properties.get("identity") or {}).get("identityType") or "").lower()


def forget(job: RunningJob, variables: dict[str, str]) -> None:
    """The job is over: its secrets open nothing any more."""
    if not job.engine.closed:
        for name in ("MSI_SECRET", "OBO_ENDPOINT"):
            job.cloud.documents.delete(JOB_SECRET, variables.get(name, "").rpartition("/")[2])


def _principal(job: RunningJob, compute_id: str) -> Principal | None:
    """None: the job has no identity, and `DefaultAzureCredential` finds none."""
    asked = job.properties.get("identity") or {}
    if _kind(job) == "managed" and asked.get("clientId"):
        return job.cloud.principals.by_app(str(asked["clientId"]))
    compute = job.cloud.resources.get(compute_id) if compute_id else None
    if compute is None or compute.properties["computeType"] == "ComputeInstance":
        return _of(job, (compute.body.get("identity") or {}) if compute else {}) or job.principal
    return _of(job, compute.body.get("identity") or {})


def _of(job: RunningJob, identity: dict[str, object]) -> Principal | None:
    given = identity.get("userAssignedIdentities") or {}
    assert isinstance(given, dict)
    ids = [str(one["principalId"]) for one in given.values()]
    for object_id in [*ids, str(identity.get("principalId") or "")]:
        if object_id and (found := job.cloud.principals.get(object_id)):
            return found
    return None

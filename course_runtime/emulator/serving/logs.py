"""What `get_logs` shows of a deployment: its state and events, then its own output, as Azure lays it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_runtime.emulator.serving.hosted import Hosted
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

KIND = "deployment-log"
INFERENCE_SERVER, STORAGE_INITIALIZER = "inference-server", "storage-initializer"
LONGEST_KEPT = 256 * 1024
NOTHING = "Nothing has run here since the emulator was started; the first request, or an update, starts the deployment."


def log_text(cloud: Cloud, deployment: Stored, hosted: Hosted | None, container: str) -> str:
    """Of the start that failed, if the last one did; else of what runs now."""
    kept = cloud.documents.get(KIND, deployment.id.lower())
    if kept and (hosted is None or deployment.properties["provisioningState"] == "Failed"):
        return str(kept[container])
    return container_log(hosted, container) if hosted else NOTHING


def container_log(hosted: Hosted, container: str) -> str:
    if container == STORAGE_INITIALIZER:
        return "\n".join(hosted.journal.storage)
    lines = ["Container events:", *hosted.journal.events]
    if hosted.mirrored:
        lines.append(f"Mirrored requests so far: {hosted.mirrored}")
    return "\n".join([*lines, "", "Container logs:", hosted.output()])


def keep_log(cloud: Cloud, deployment_id: str, hosted: Hosted) -> None:
    """For `get_logs` after a failed start."""
    texts = {
        one: container_log(hosted, one)[-LONGEST_KEPT:] for one in (INFERENCE_SERVER, STORAGE_INITIALIZER)
    }
    cloud.documents.put(KIND, deployment_id.lower(), texts)


def forget_log(cloud: Cloud, deployment_id: str) -> None:
    cloud.documents.delete(KIND, deployment_id.lower())

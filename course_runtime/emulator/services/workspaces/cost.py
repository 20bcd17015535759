"""The cost meter: what each resource has cost so far, by the cloud's own clock.

A resource that bills has a rate in dollars an hour; whoever starts, scales or stops it sets the rate anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_runtime.emulator.store.documents import Body

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

KIND = "cost"
SECONDS_AN_HOUR = 3600.0


def set_rate(cloud: Cloud, resource_id: str, usd_per_hour: float, what: str) -> None:
    """From now on the resource costs so much; `what` says of what it consists ("2 x Standard_DS3_v2")."""
    kept = cloud.documents.get(KIND, resource_id.lower())
    if kept is None and usd_per_hour == 0:
        return
    now = cloud.clock.now()
    kept = kept or {"id": resource_id, "rate": 0.0, "since": now, "spent": 0.0, "billed_seconds": 0.0}
    entry = _settled(kept, now) | {"rate": usd_per_hour, "what": what}
    cloud.documents.put(KIND, resource_id.lower(), entry)


def stop(cloud: Cloud, resource_id: str) -> None:
    set_rate(cloud, resource_id, 0.0, "nothing")


def report(cloud: Cloud) -> Body:
    """What each resource has cost, what it costs an hour now, and the sums."""
    now = cloud.clock.now()
    entries = [_settled(entry, now) for entry in cloud.documents.all(KIND)]
    return {
        "currency": "USD",
        "spent": round(sum(entry["spent"] for entry in entries), 6),
        "rate": round(sum(entry["rate"] for entry in entries), 6),
        "resources": [
            {
                "id": entry["id"],
                "what": entry["what"],
                "spent": round(entry["spent"], 6),
                "rate": entry["rate"],
                "billed_hours": round(entry["billed_seconds"] / SECONDS_AN_HOUR, 6),
            }
            for entry in entries
        ],
    }


def _settled(entry: Body, now: float) -> Body:
    """The entry with everything counted up to now."""
    seconds = max(0.0, now - entry["since"]) if entry["rate"] else 0.0
    spent = entry["spent"] + entry["rate"] * seconds / SECONDS_AN_HOUR
    return entry | {"since": now, "spent": spent, "billed_seconds": entry["billed_seconds"] + seconds}

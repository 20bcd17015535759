"""`.../resources`: everything in a subscription or a group, with ARM's small filter language."""

from __future__ import annotations

import re
from itertools import islice

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import invalid_request
from course_runtime.emulator.kernel.paging import next_link, whole_number
from course_runtime.emulator.kernel.resource import require_group
from course_runtime.emulator.store.resources import Stored

SHOWN = ("id", "name", "type", "location", "tags", "kind", "sku", "identity")
LONGEST_FILTER = 2_000
PAGE_SIZE = 1_000
CLAUSE = re.compile(r"^\s*(resourceType|name|location|tagName|tagValue)\s+eq\s+'([^']*)'\s*$", re.IGNORECASE)


def find(context: Context, parts: list[str]) -> Reply | None:
    words = [part.lower() for part in parts]
    if len(words) == 3 and words[0] == "subscriptions" and words[2] == "resources":
        return _list(context, f"/subscriptions/{parts[1]}", None)
    if len(words) == 5 and words[2] == "resourcegroups" and words[4] == "resources":
        return _list(context, f"/subscriptions/{parts[1]}/resourceGroups/{parts[3]}", parts[3])
    return None


def _list(context: Context, scope: str, group: str | None) -> Reply:
    require_group(context)
    context.cloud.access.require(context.principal, "Microsoft.Resources/subscriptions/resources/read", scope)
    wanted = _clauses(context.query.get("$filter", ""))
    subscription = context.path.subscription or ""
    query = {key.lower(): value for key, value in context.query.items()}
    size = min(whole_number(query.get("$top"), "$top") or PAGE_SIZE, PAGE_SIZE)
    after = whole_number(query.get("$skiptoken"), "$skipToken") or 0
    stored = context.cloud.resources.in_subscription(subscription, group=group, after=after)
    found = list(
        islice((one for one in stored if _is_tracked(one, context) and _matches(one, wanted)), size + 1)
    )
    path = f"{scope}/resources"
    link = next_link(context, found[size - 1].sequence, path) if len(found) > size else None
    return Reply(200, {"value": [_short(one) for one in found[:size]], "nextLink": link})


def _is_tracked(stored: Stored, context: Context) -> bool:
    resource = context.cloud.registry.find(str(stored.body["type"]))
    return resource is not None and resource.tracked


def _short(stored: Stored) -> Body:
    return {key: stored.body[key] for key in SHOWN if key in stored.body}


def _clauses(text: str) -> dict[str, list[str]]:
    """`resourceType eq 'a' or resourceType eq 'b'`: values of one field are alternatives."""
    if len(text) > LONGEST_FILTER:
        raise invalid_request(
            f"The filter is {len(text)} characters long; {LONGEST_FILTER} is the most there may be."
        )
    wanted: dict[str, list[str]] = {}
    for part in re.split(r"\s+(?:and|or)\s+", text) if text.strip() else []:
        match = CLAUSE.match(part)
        if match is None:
            raise invalid_request(f"The filter '{text}' is not one that this Azure understands.")
        wanted.setdefault(match[1].lower(), []).append(match[2].lower())
    return wanted


def _matches(stored: Stored, wanted: dict[str, list[str]]) -> bool:
    tags = {key.lower(): str(value).lower() for key, value in (stored.body.get("tags") or {}).items()}
    values = {
        "resourcetype": {str(stored.body["type"]).lower()},
        "name": {stored.name.lower()},
        "location": {str(stored.body.get("location", "")).lower()},
        "tagname": set(tags),
        "tagvalue": set(tags.values()),
    }
    return all(values[key] & set(options) for key, options in wanted.items())

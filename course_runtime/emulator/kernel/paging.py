"""Lists in pages: `$top`, `$skipToken` and `nextLink`, without holding more than a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import quote, urlencode

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import invalid_request
from course_runtime.emulator.store.resources import Stored

PAGE_SIZE = 100


def page(
    context: Context,
    type_name: str,
    show: Callable[[Stored], Body],
    *,
    keep: Callable[[Stored], bool] = lambda stored: True,
    newest_first: bool = False,
) -> Reply:
    """One page of the children of the path's parent, and the link to the next; SDK v1 follows even a null link."""
    size, after = _asked(context)
    return _page(
        context, filter(keep, _children(context, type_name, after, size + 1, newest_first)), size, show
    )


def subscription_page(context: Context, type_name: str, show: Callable[[Stored], Body]) -> Reply:
    """One page of all resources of a type in the path's subscription, whatever their group."""
    size, after = _asked(context)
    subscription = context.path.subscription or ""
    found = context.cloud.resources.in_subscription(subscription, type_name, after=after)
    return _page(context, found, size, show)


def _asked(context: Context) -> tuple[int, int]:
    """How many at most, and the last that was already seen."""
    query = {key.lower(): value for key, value in context.query.items()}
    size = min(whole_number(query.get("$top") or query.get("count"), "$top") or PAGE_SIZE, PAGE_SIZE)
    return size, whole_number(query.get("$skiptoken"), "$skipToken") or 0


def _page(context: Context, matching: Iterator[Stored], size: int, show: Callable[[Stored], Body]) -> Reply:
    found = list(islice(matching, size + 1))
    shown = found[:size]
    more = len(found) > size
    link = {"nextLink": next_link(context, shown[-1].sequence)} if more else {}
    return Reply(200, {"value": [show(stored) for stored in shown]} | link)


def _children(
    context: Context, type_name: str, after: int, batch: int, newest_first: bool
) -> Iterator[Stored]:
    """The children, fetched a batch at a time."""
    parent = context.path.parent_id()
    while True:
        found = context.cloud.resources.children(
            parent, type_name, after=after, limit=batch, newest_first=newest_first
        )
        yield from found
        if len(found) < batch:
            return
        after = found[-1].sequence


def next_link(context: Context, last: int, path: str | None = None) -> str:
    """The same request from the resource after `last`; `path` where it is not a resource's own."""
    kept = {key: value for key, value in context.query.items() if key.lower() != "$skiptoken"}
    return f"https://{context.host}{quote(path or context.path.id)}?{urlencode(kept | {'$skipToken': str(last)})}"


def whole_number(text: str | None, name: str) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 15:
        raise invalid_request(f"The value '{text}' of '{name}' is not a whole number.")
    return int(text)

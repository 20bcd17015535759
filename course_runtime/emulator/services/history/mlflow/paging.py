"""Pages of what was found, as MLflow cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from course_runtime.emulator.services.history.calls import Body
from course_runtime.emulator.services.history.mlflow.errors import invalid
from course_runtime.emulator.services.history.mlflow.shapes import whole_in

Item = TypeVar("Item")
LARGEST_PAGE = 50_000


def page(found: Sequence[Item], given: Body, usual: int) -> tuple[list[Item], Body]:
    """The page that was asked for, and the token of the next; a token says how many were shown before."""
    size = whole_in(given.get("max_results"), "max_results", usual)
    if not 1 <= size <= LARGEST_PAGE:
        raise invalid(
            f"Invalid value {size} for parameter 'max_results' supplied. It must be at least 1 and at most "
            f"{LARGEST_PAGE}."
        )
    start = place(given)
    shown = list(found[start : start + size])
    more = start + size < len(found)
    return shown, {"next_page_token": str(start + size)} if more else {}


def place(given: Body) -> int:
    token = str(given.get("page_token") or "0")
    if not token.isdecimal() or len(token) > 15:
        raise invalid(f"Invalid page token '{token}': one that a search answered was expected.")
    return int(token)

"""Moments and numbers as clients write them, and as JSON can carry them."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from typing import Any

from course_runtime.emulator.services.history.errors import bad_value


def seconds_of(moment: Any) -> float:
    """With or without a fraction (of any length) and a zone."""
    head, dot, tail = str(moment).replace("Z", "+00:00").partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    text = f"{head}.{tail[:digits][:6]:0<6}{tail[digits:]}" if dot else head
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise bad_value(f"'{moment}' is not a moment as ISO 8601 writes it.") from None
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()


def number_out(value: float) -> float | str:
    """JSON has no word for what is not finite: it goes as text, as protobuf writes it."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"

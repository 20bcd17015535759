"""Messages that stay readable whatever a student's code answers: whole, unless nobody would read the whole."""

from __future__ import annotations

LONGEST = 10_000
HEAD, TAIL = 8_000, 1_000


def bounded(text: str) -> str:
    """The text itself up to 10,000 characters; beyond, its two ends, and how much lies between them."""
    if len(text) <= LONGEST:
        return text
    between = len(text) - HEAD - TAIL
    return f"{text[:HEAD]}\n[… {between:,} characters left out …]\n{text[-TAIL:]}"

"""What goes wrong with data, in a sentence."""

from __future__ import annotations


class DatasetError(Exception):
    """The message says what was expected, what came, and what to do next."""

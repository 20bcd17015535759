from __future__ import annotations


class Refused(Exception):
    """What was handed in is not taken; the message is one sentence that names the file and says why."""

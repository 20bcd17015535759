"""What the trusted side raises when it has no worker to speak of. A worker's own failures are answers."""

from __future__ import annotations


class SandboxError(Exception):
    """The sandbox itself could not do its work: the message says why and what to do."""

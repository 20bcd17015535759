"""What lies here is measured, not collected."""

from __future__ import annotations

collect_ignore = ["course"]

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that `workshop doctor` looked at. `mend` says what to do, as a command where there is one."""

    name: str
    fine: bool
    detail: str
    mend: str = ""
    needed: bool = True
    """Without it a check cannot run; otherwise the kit works, only less well."""

    @property
    def blocks(self) -> bool:
        return self.needed and not self.fine

    @property
    def verdict(self) -> tuple[str, str]:
        """A word and its style."""
        if self.fine:
            return "OK", "green"
        return ("problem", "bold red") if self.needed else ("note", "yellow")

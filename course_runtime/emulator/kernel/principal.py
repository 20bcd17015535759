"""Who is asking: a user, a service principal or a managed identity of one cloud."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["User", "ServicePrincipal"]


@dataclass(frozen=True)
class Principal:
    object_id: str
    name: str
    kind: Kind = "User"
    app_id: str = ""
    secret: str = ""
    managed: bool = False
    trusted: bool = False
    """The grader and the emulator itself: every check of a role passes."""

    def as_document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Principal:
        return cls(**document)


EMULATOR = Principal("00000000-0000-0000-0000-000000000000", "the emulator", "ServicePrincipal", trusted=True)

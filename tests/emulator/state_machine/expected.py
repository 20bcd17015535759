"""The simple model: what a workspace must hold after everything that was done to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Version:
    content: str
    description: str
    archived: bool = False


@dataclass
class Asset:
    """Versions in the order they were made."""

    versions: dict[str, Version] = field(default_factory=dict)
    archived: bool = False

    def latest(self) -> str | None:
        active = [name for name, version in self.versions.items() if not version.archived]
        return active[-1] if active else None

    def following(self) -> str:
        return str(max((int(name) for name in self.versions if name.isdecimal()), default=0) + 1)

    def listed(self, *, archived: bool) -> set[str]:
        return {name for name, version in self.versions.items() if version.archived == archived}


@dataclass
class Expected:
    assets: dict[str, dict[str, Asset]] = field(default_factory=dict)
    clusters: dict[str, tuple[int, int]] = field(default_factory=dict)
    instances: dict[str, str] = field(default_factory=dict)
    datastores: dict[str, str] = field(default_factory=dict)
    default_datastore: str = "workspaceblobstore"
    registries: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """The id that each content was registered under."""

    def of(self, kind: str) -> dict[str, Asset]:
        return self.assets.setdefault(kind, {})

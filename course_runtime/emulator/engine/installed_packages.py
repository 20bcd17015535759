"""The distributions that this interpreter has: what each needs, and which modules are whose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

CODE = (".py", ".so", ".pyd")
ALWAYS = ("pip", "setuptools", "wheel", "azureml-workshop")
"""What any environment has, and the kit itself, which runs in all of them."""

Module = tuple[str, ...]


@dataclass(frozen=True)
class Installed:
    name: str
    version: str
    requires: tuple[str, ...]
    modules: tuple[Module, ...]
    place: str


class InstalledPackages:
    """Read once: it opens every distribution's list of files."""

    def __init__(self, packages: Iterable[Installed]) -> None:
        self._packages = {one.name: one for one in packages}
        self._owners = _owners(
            [(module, one.name) for one in self._packages.values() for module in one.modules]
        )

    @classmethod
    def of_this_interpreter(cls) -> InstalledPackages:
        return cls(_installed(one) for one in metadata.distributions() if one.metadata["Name"])

    def find(self, name: str) -> Installed | None:
        return self._packages.get(normal(name))

    def closure(self, requirements: Iterable[str]) -> set[str]:
        """The names of what is asked for, as far as it is there, and of all that it needs; extras count."""
        from packaging.requirements import Requirement

        found: set[tuple[str, str]] = set()
        waiting = [(Requirement(one), "") for one in requirements]
        while waiting:
            asked, _ = waiting.pop()
            package = self.find(asked.name)
            if package is None:
                continue
            for extra in ("", *sorted(asked.extras)):
                if (package.name, extra) in found:
                    continue
                found.add((package.name, extra))
                needed = (Requirement(one) for one in package.requires)
                waiting += [(one, "") for one in needed if _applies(one, extra)]
        return {name for name, _ in found}

    def hidden(self, visible: Collection[str]) -> dict[str, list[str]]:
        """What the import guard is told, so that only these distributions seem to be installed."""
        kept = {*visible, *ALWAYS}
        hidden: list[str] = []
        for name, owners in self._owners.items():  # outer names come before inner ones
            if not owners & kept and not any(name.startswith(f"{outer}.") for outer in hidden):
                hidden.append(name)
        return {
            "modules": hidden,
            "distributions": sorted(self._packages.keys() - kept),
            "places": sorted({one.place for one in self._packages.values()}),
        }


def normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _applies(requirement: Any, extra: str) -> bool:
    return requirement.marker is None or bool(requirement.marker.evaluate({"extra": extra}))


def _installed(distribution: metadata.Distribution) -> Installed:
    files = [str(one) for one in distribution.files or ()]
    return Installed(
        normal(distribution.metadata["Name"]),
        distribution.version,
        tuple(distribution.requires or ()),
        tuple({module for file in files if (module := _module(file))}),
        str(distribution.locate_file("")).rstrip("/"),
    )


def _module(file: str) -> Module:
    """The parts of a module's name; none for a file that is no module, or lies elsewhere."""
    if not file.endswith(CODE) or file.startswith(".."):
        return ()
    *folders, name = file.split("/")
    parts = (*folders, name.partition(".")[0])
    return parts if all(part.isidentifier() for part in parts) else ()


def _owners(modules: list[tuple[Module, str]], outer: str = "") -> Mapping[str, frozenset[str]]:
    """Whose each name is; names that several share (namespaces) are followed by the names in them."""
    inside: dict[str, list[tuple[Module, str]]] = {}
    for module, owner in modules:
        if module:
            inside.setdefault(module[0], []).append((module[1:], owner))
    found: dict[str, frozenset[str]] = {}
    for first, entries in inside.items():
        name = f"{outer}.{first}" if outer else first
        found[name] = frozenset(owner for _, owner in entries)
        if len(found[name]) > 1:
            found |= _owners(entries, name)
    return found

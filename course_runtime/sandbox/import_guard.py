"""Hides installed packages from a process, as if they were not installed: the process is left with an environment's.

Used inside the jail, in a warm fork by `install` and in a new interpreter by a `sitecustomize` that reads this file;
so it imports nothing of ours, and what it raises is Python's own.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import Path
from types import ModuleType
from typing import Any

SITECUSTOMIZE = """import importlib.util
import json
import pathlib

_place = importlib.util.spec_from_file_location("_import_guard", {guard!r})
_guard = importlib.util.module_from_spec(_place)
_place.loader.exec_module(_guard)
_guard.install(json.loads(pathlib.Path(__file__).with_name("hidden.json").read_text()))
"""
LOADERS: tuple[tuple[Any, list[str]], ...] = (
    (ExtensionFileLoader, EXTENSION_SUFFIXES),
    (SourceFileLoader, SOURCE_SUFFIXES),
    (SourcelessFileLoader, BYTECODE_SUFFIXES),
)


def install(hidden: Mapping[str, Sequence[str]]) -> None:
    """`modules`: names that hide all below them; `distributions`: names, normalised; `places`: where they lie."""
    modules = Hidden(hidden["modules"])
    _forget(modules)
    places = tuple(hidden["places"])
    sys.path_hooks.insert(0, lambda path: _finder(path, places, modules))
    for path in list(sys.path_importer_cache):
        if _inside(path, places):
            del sys.path_importer_cache[path]
    _hide_distributions(frozenset(hidden["distributions"]))


def write_sitecustomize(folder: Path, hidden: Mapping[str, Sequence[str]]) -> None:
    """With this folder first on PYTHONPATH, a new interpreter begins guarded."""
    import json

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hidden.json").write_text(json.dumps({name: list(values) for name, values in hidden.items()}))
    (folder / "sitecustomize.py").write_text(SITECUSTOMIZE.format(guard=__file__))


class Hidden:
    """Module names of which all that begin so are hidden."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self.forgotten: list[ModuleType] = []
        """Those a warm fork had imported. To free them would copy the memory that it shares with other forks."""

    def __contains__(self, module: object) -> bool:
        name = str(module)
        while name:
            if name in self._names:
                return True
            name = name.rpartition(".")[0]
        return False


class GuardedFinder(FileFinder):
    """Of a folder with installed packages, finds those that are not hidden."""

    def __init__(self, path: str, hidden: Hidden) -> None:
        super().__init__(path, *LOADERS)
        self._hidden = hidden

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        return None if fullname in self._hidden else super().find_spec(fullname, target)


def _finder(path: str, places: tuple[str, ...], hidden: Hidden) -> GuardedFinder:
    if not _inside(path, places) or not Path(path).is_dir():
        raise ImportError("only folders of installed packages are guarded")
    return GuardedFinder(path, hidden)


def _inside(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _forget(hidden: Hidden) -> None:
    """What a warm fork has imported already is gone from it, from its parent package's names too."""
    for name in [one for one in sys.modules if one in hidden]:
        module = sys.modules.pop(name)
        hidden.forgotten.append(module)
        parent, _, own = name.rpartition(".")
        outer = sys.modules.get(parent)
        if outer is not None and getattr(outer, own, None) is module:
            delattr(outer, own)


class FilteredFinder:
    """A finder of modules and distributions that knows of some distributions no more."""

    def __init__(self, finder: Any, hidden: frozenset[str]) -> None:
        self._finder = finder
        self._hidden = hidden

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)

    def find_distributions(self, *arguments: Any, **options: Any) -> list[Any]:
        found = self._finder.find_distributions(*arguments, **options)
        return [one for one in found if _normal(one.metadata["Name"] or "") not in self._hidden]


def _hide_distributions(hidden: frozenset[str]) -> None:
    """`importlib.metadata`, and so entry points and version checks, know of them no more."""
    with contextlib.suppress(ImportError):  # it brings a finder of its own, and must not do so later
        import importlib_metadata  # noqa: F401
    sys.meta_path[:] = [
        FilteredFinder(one, hidden) if hasattr(one, "find_distributions") else one for one in sys.meta_path
    ]


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")

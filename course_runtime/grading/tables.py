"""The course's tables and tiles, for hidden variants: the content's own generators, wherever the kit lies."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from course_runtime.course import content_root

PACKAGE = "workshop_datasets"


def diabetes() -> ModuleType:
    """The generators of `datasets/diabetes`: clean(seed, rows), raw(seed, rows), drifted(seed), ..."""
    return _room("diabetes")


def aerial() -> ModuleType:
    """The generators of `datasets/aerial`: path(seed, train, valid), tile(name, seed, number), weights(), ..."""
    return _room("aerial")


def _room(name: str) -> ModuleType:
    if PACKAGE not in sys.modules:
        _load()
    return import_module(f"{PACKAGE}.{name}")


def _load() -> None:
    """Under a name of its own: `datasets` is also a well-known library's."""
    file = content_root() / "datasets" / "__init__.py"
    spec = spec_from_file_location(PACKAGE, file, submodule_search_locations=[str(file.parent)])
    if spec is None or spec.loader is None or not file.is_file():
        raise RuntimeError(f"The course's tables are missing: {file} is not there.")
    package = module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)

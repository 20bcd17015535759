"""What a worker does when asked: load the student's code, call it, look at what it made."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from .scripts import run_script
from .tracebacks import guarded, type_name
from .values import NotPlain
from .work_files import WorkFiles

MOST_HANDLES = 10_000
PROBE_FILE = "<probe>"


class Student:
    """The student's side of one worker: their modules, files and the objects behind handles."""

    def __init__(self, files: WorkFiles) -> None:
        self.files = files
        self.own_names: set[str] = set()
        self.kept: dict[int, object] = {}
        self.operations: dict[str, Callable[..., Any]] = {
            "load": self.load,
            "call": self.call,
            "attribute": self.attribute,
            "method": self.method,
            "probe": self.probe,
            "run_script": self.run_script,
            "read_file": files.read,
            "write_file": files.write,
            "list_files": files.names,
        }

    def is_own(self, filename: str) -> bool:
        return filename in self.own_names or self.files.contains(filename)

    def load(self, name: str, source: str, filename: str, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            self.files.write(path, data)
        self.own_names.add(filename)
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        code = compile(source, filename, "exec", dont_inherit=True)
        module = ModuleType(name)
        module.__file__ = filename
        sys.modules[name] = module
        exec(code, module.__dict__)

    def call(self, target: object, args: Sequence[Any], kwargs: Mapping[str, Any]) -> object:
        function: Any = self.find(target)
        return function(*args, **kwargs)

    def attribute(self, target: object, name: str) -> object:
        return getattr(self.find(target), name)

    def method(self, target: object, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> object:
        return getattr(target, name)(*args, **kwargs)

    def probe(self, source: str, function: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> object:
        """Run a grader's helper beside the student's objects. It is no more to be believed than they are."""
        namespace: dict[str, Any] = {"__name__": "probe"}
        exec(compile(source, PROBE_FILE, "exec", dont_inherit=True), namespace)
        return namespace[function](*args, **kwargs)

    def run_script(self, path: str, argv: Sequence[str]) -> dict[str, Any]:
        self.own_names.add(path)
        return run_script(path, argv, self.is_own)

    def find(self, target: object) -> object:
        """`module.name.name` by the longest loaded module's name; anything but text is the thing itself."""
        if not isinstance(target, str):
            return target
        parts = target.split(".")
        for length in range(len(parts), 0, -1):
            found: object = sys.modules.get(".".join(parts[:length]))
            if found is not None:
                for part in parts[length:]:
                    found = getattr(found, part)
                return found
        raise NameError(f"no module named {parts[0]!r} is loaded, so {target!r} cannot be found")

    def keep(self, value: object) -> dict[str, Any]:
        if len(self.kept) >= MOST_HANDLES:
            raise NotPlain(f"more than {MOST_HANDLES} objects that are no plain data were given out")
        number = len(self.kept) + 1
        self.kept[number] = value
        words = guarded(lambda: repr(value))
        return {"handle": {"id": number, "type": guarded(lambda: type_name(type(value))), "repr": words}}

    def kept_object(self, fields: Mapping[str, Any]) -> object:
        if fields["id"] not in self.kept:
            raise LookupError("this handle was not given out by this worker")
        return self.kept[fields["id"]]

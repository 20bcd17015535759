"""Conditions that are written as expressions, like `dsl.condition(epochs > 3, …)`.

The SDK makes a component of each: a generated function, and a command with which mldesigner, Azure's component tool,
calls it. That tool is not in the kit; here this module calls the function, in the step's own sandbox.
"""

from __future__ import annotations

import re
import shlex
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

COMMAND = re.compile(
    r"mldesigner execute --source (?P<file>\S+) --name (?P<function>\w+) --inputs(?P<inputs>.*) "
    r'--outputs output="(?P<output>[^"]*)"',
    re.DOTALL,
)
ENVIRONMENT = "azureml:AzureML-sklearn-1.5@latest"
TYPES: Mapping[str, Callable[[str], Any]] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": lambda text: text.strip().lower() == "true",
}


def runnable(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The component as it can be run here; itself when it is no expression."""
    found = COMMAND.fullmatch(str(spec.get("command") or "").strip())
    if not found:
        return dict(spec)
    words = (found["file"], found["function"], found["output"], *shlex.split(found["inputs"]))
    command = " ".join(shlex.quote(word) if "${{" not in word else f'"{word}"' for word in words)
    return {**spec, "command": f"python -m {__name__} {command}", "environment": ENVIRONMENT}


def main(arguments: Sequence[str] | None = None) -> int:
    file, function, output, *given = sys.argv[1:] if arguments is None else arguments
    value = called(Path(file), function, dict(one.split("=", 1) for one in given))
    Path(output).write_text(str(value))
    sys.stdout.write(f"{value}\n")
    return 0


def called(file: Path, function: str, texts: Mapping[str, str]) -> Any:
    """The function's value; each argument is read as its annotation says."""
    sys.modules["mldesigner"] = _declarations()
    module: dict[str, Any] = {"__name__": "expression"}
    exec(compile(file.read_text(), file.name, "exec", dont_inherit=True), module)
    wanted = module[function].__annotations__
    return module[function](**{name: TYPES[wanted[name].__name__](text) for name, text in texts.items()})


def _declarations() -> types.ModuleType:
    """What generated code imports of mldesigner: names that declare, and do nothing when the function is called."""
    module = types.ModuleType("mldesigner")
    module.__dict__["command_component"] = lambda **about: lambda function: function
    module.__dict__["Output"] = lambda **about: about
    return module


if __name__ == "__main__":
    raise SystemExit(main())

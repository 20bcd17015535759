"""Which packages an environment version gives a script: those that it declares, and what they need.

Environments are not built: the interpreter and the versions are the kit's own, and the notes say so.
"""

from __future__ import annotations

import platform
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_runtime.emulator.engine.curated_packages import STANDS_FOR, WITHOUT_PYTHON, packages_of_image
from course_runtime.emulator.engine.installed_packages import InstalledPackages, normal

Files = Callable[[str], "str | None"]
"""The text of a file of the build context, by its path; None when it is not there."""
PYTHON = re.compile(r"python[ =<>!~]*(\d+\.\d+)?.*")
CONDA_VERSION = re.compile(r"(?<![=<>!~])=(?!=)")
HEAVY = ("tensorflow-cpu", "tensorflow", "scikit-learn", "pandas", "mlflow-skinny", "numpy")


@dataclass
class Declared:
    """What an environment asks for. `everything`: nobody can say what its image holds."""

    requirements: list[str] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)
    """By the image: nobody asked for each of them, so one that this Python cannot have is no error."""
    python: str = ""
    everything: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class EnvironmentPackages:
    visible: frozenset[str]
    hidden: Mapping[str, list[str]] | None
    """What the import guard is given; None where nothing is hidden."""
    missing: tuple[str, ...]
    """Sentences about what is declared and cannot be had."""
    notes: tuple[str, ...]

    @property
    def has_tensorflow(self) -> bool:
        return self.hidden is None or not self.visible.isdisjoint(("tensorflow", "tensorflow-cpu"))

    @property
    def import_set(self) -> str:
        """The warm worker that has the imports which such a script is likely to make."""
        if self.hidden is None or "tensorflow-cpu" in self.visible or "tensorflow" in self.visible:
            return "tensorflow" if self.hidden is not None else "job"
        return "job" if self.visible.intersection(HEAVY) else "plain"


def packages_of(
    properties: Mapping[str, Any], installed: InstalledPackages, context: Files = lambda path: None
) -> EnvironmentPackages:
    """`properties` are an environment version's; `context` reads its build context, where it has one."""
    asked = declared(properties, context)
    requirements = [one for text in asked.requirements for one in _stand_ins(text, installed)]
    missing = [text for text in requirements if installed.find(_name(text)) is None]
    wanted = [one for one in requirements if one not in missing]
    brought = [one for text in asked.brought for one in _stand_ins(text, installed)]
    wanted += [one for one in brought if installed.find(_name(one)) is not None]
    visible = frozenset(installed.closure(wanted))
    notes = [*asked.notes, *_version_notes(requirements, installed), *_python_note(asked.python)]
    return EnvironmentPackages(
        visible,
        None if asked.everything else installed.hidden(visible),
        tuple(_cannot_be_had(one) for one in missing),
        tuple(notes),
    )


def declared(properties: Mapping[str, Any], context: Files) -> Declared:
    found = Declared()
    if properties.get("build"):
        _read_build(properties["build"], context, found)
    else:
        _read_image(str(properties.get("image") or ""), bool(properties.get("condaFile")), found)
    if properties.get("condaFile"):
        _read_conda(str(properties["condaFile"]), found)
    return found


def _read_image(image: str, has_conda: bool, found: Declared) -> None:
    packages = packages_of_image(image)
    if packages is not None:
        found.brought += packages
    elif not has_conda:  # a conda environment on top is what scripts run in, whatever lies below
        found.everything = True
        found.notes.append(
            f"The kit does not know what the image '{image}' holds: all that it has can be imported."
        )


def _read_conda(text: str, found: Declared) -> None:
    import yaml  # type: ignore[import-untyped]

    for entry in (yaml.safe_load(text) or {}).get("dependencies") or ():
        if isinstance(entry, dict):
            _read_lines([str(one) for one in entry.get("pip") or ()], found)
        elif python := PYTHON.fullmatch(str(entry).strip()):
            found.python = python[1] or ""
        else:
            _add(CONDA_VERSION.sub("==", str(entry).rpartition("::")[2], count=1), found, conda=True)


def _read_lines(lines: list[str], found: Declared) -> None:
    """The lines of a requirements file."""
    for line in lines:
        text = line.partition(" #")[0].strip()
        if text and not text.startswith(("#", "-")):
            _add(text, found)


def _add(text: str, found: Declared, *, conda: bool = False) -> None:
    from packaging.requirements import InvalidRequirement, Requirement

    words = text.split()
    plain = (
        text if not conda or len(words) < 2 else f"{words[0]}=={words[1]}" if words[1][0].isdigit() else text
    )
    if conda:
        plain = re.sub(r"==([^=,]+)=.*", r"==\1", plain)  # a build string
        if normal(_name(plain)) in WITHOUT_PYTHON or _name(plain).startswith("_"):
            return
    try:
        asked = Requirement(plain)
    except InvalidRequirement:
        found.notes.append(f"The dependency '{text}' is not understood and was left out.")
        return
    if asked.marker is None or asked.marker.evaluate({"extra": ""}):
        found.requirements.append(f"{asked.name}{_extras(asked.extras)}{asked.specifier}")


def _read_build(build: Mapping[str, Any], context: Files, found: Declared) -> None:
    dockerfile = str(build.get("dockerfilePath") or "Dockerfile")
    text = context(dockerfile)
    if text is None:
        found.everything = True
        found.notes.append(f"The build context has no '{dockerfile}': nothing is known of the image.")
        return
    has_conda = False
    for line in text.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word.upper() == "RUN":
            has_conda = _read_run(rest, context, found) or has_conda
    images = re.findall(r"(?im)^\s*FROM\s+(?:--\S+\s+)?(\S+)", text)
    _read_image(images[-1] if images else "", has_conda, found)


def _read_run(command: str, context: Files, found: Declared) -> bool:
    """`pip install ...` and `conda env create -f FILE`, as far as they can be read."""
    has_conda = False
    for part in re.split(r"&&|;|\|\|", command):
        try:
            words = shlex.split(part)
        except ValueError:
            continue
        files = [
            words[at + 1]
            for at, word in enumerate(words[:-1])
            if word in ("-r", "--requirement", "-f", "--file")
        ]
        if "conda" in words or "mamba" in words:
            for file in files:
                if (text := _of_context(file, context)) is not None:
                    _read_conda(text, found)
                    has_conda = True
        elif "install" in words and any("pip" in word for word in words[: words.index("install")]):
            _read_lines([one for one in words[words.index("install") + 1 :] if one not in files], found)
            for file in files:
                _read_lines((_of_context(file, context) or "").splitlines(), found)
    return has_conda


def _of_context(file: str, context: Files) -> str | None:
    """Wherever COPY has put it in the image, its own name is the same."""
    return context(file.lstrip("./")) or context(file.rsplit("/", 1)[-1])


def _stand_ins(requirement: str, installed: InstalledPackages) -> list[str]:
    name = normal(_name(requirement))
    if installed.find(name) is not None or name not in STANDS_FOR:
        return [requirement]
    there = [one for one in STANDS_FOR[name] if installed.find(one) is not None]
    return there or [requirement]


def _version_notes(requirements: list[str], installed: InstalledPackages) -> list[str]:
    from packaging.requirements import Requirement

    found = []
    for asked in map(Requirement, requirements):
        there = installed.find(asked.name)
        if there and not asked.specifier.contains(there.version, prereleases=True):
            found.append(
                f"The environment asks for {asked.name}{asked.specifier}; the kit has {asked.name} {there.version}, "
                "and that one is used: environments are not built here."
            )
    return found


def _python_note(wanted: str) -> list[str]:
    ours = ".".join(platform.python_version_tuple()[:2])
    if not wanted or wanted == ours:
        return []
    return [f"The environment asks for Python {wanted}; the kit's own interpreter is used, Python {ours}."]


def _cannot_be_had(requirement: str) -> str:
    return (
        f"The kit has no package '{_name(requirement)}', which the environment declares. Environments are not built "
        "here: a job can use what is installed beside the kit. Leave the package out of the environment, or install it "
        "beside the kit with pip, then restart the emulator."
    )


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0]


def _extras(extras: set[str]) -> str:
    return f"[{','.join(sorted(extras))}]" if extras else ""

"""What `workshop doctor` looks at first: Python, packages, content, disk, and the machine at large."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from course_runtime.cli.finding import Finding

OLDEST, NEWEST = (3, 10), (3, 13)
ESSENTIAL = ("azure-ai-ml", "azure-identity", "pytest", "starlette", "uvicorn", "trustme")
LITTLE_DISK = 500 * 1024 * 1024
TOO_LITTLE_DISK = 20 * 1024 * 1024
A_DAY = 86_400


def machine_findings(cwd: Path) -> list[Finding]:
    from course_runtime.cli.places import state_folder

    return [
        python_version(sys.version_info[:3]),
        packages(installed_versions(required())),
        content(),
        free_disk(state_folder(cwd)),
        bytecode(os.environ),
        clock(time.time(), Path(__file__).stat().st_mtime),
        editor(os.environ),
    ]


def python_version(version: tuple[int, ...]) -> Finding:
    shown = ".".join(str(part) for part in version)
    fine = OLDEST <= version[:2] <= NEWEST
    detail = f"{shown} ({sys.executable})"
    return Finding(
        "Python", fine, detail, "" if fine else "Make a virtual environment with Python 3.10 to 3.13."
    )


def required() -> dict[str, str]:
    """Package to pinned version; empty where any version will do."""
    from importlib.metadata import PackageNotFoundError, requires

    from packaging.requirements import Requirement

    try:
        lines = requires("azureml-workshop") or []
    except PackageNotFoundError:
        lines = []
    wanted = [Requirement(line) for line in lines]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    pins = {one.name: str(one.specifier).removeprefix("==") for one in here}
    return dict.fromkeys(ESSENTIAL, "") | {
        name: pin if pin[:1].isdigit() else "" for name, pin in pins.items()
    }


def installed_versions(wanted: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Package to (wanted, installed); an empty text for any version, and for none."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, tuple[str, str]] = {}
    for name, pin in wanted.items():
        try:
            found[name] = (pin, version(name))
        except PackageNotFoundError:
            found[name] = (pin, "")
    return found


def packages(found: Mapping[str, tuple[str, str]]) -> Finding:
    missing = [name for name, (_, installed) in found.items() if not installed]
    other = [
        f"{name} {installed} instead of {pin}"
        for name, (pin, installed) in found.items()
        if installed and pin and installed != pin
    ]
    if missing:
        return Finding(
            "Packages", False, f"not installed: {', '.join(missing)}", "pip install azureml-workshop"
        )
    if other:
        mend = "pip install --force-reinstall azureml-workshop"
        return Finding(
            "Packages", False, f"other versions than tested: {', '.join(other)}", mend, needed=False
        )
    return Finding("Packages", True, f"{len(found)} packages are there")


def content() -> Finding:
    from course_runtime.course import CourseError, load_catalogue

    try:
        catalogue = load_catalogue()
    except CourseError as error:
        return Finding("Course content", False, error.message, error.next_step)
    if not catalogue.modules:
        return Finding(
            "Course content", False, f"no modules in {catalogue.root}", "pip install azureml-workshop"
        )
    names = ", ".join(module.short for module in catalogue.modules)
    return Finding("Course content", True, f"{names} in {catalogue.root}")


def free_disk(folder: Path) -> Finding:
    """Of the disk that the folder is on, or will be."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    detail = f"{free // 2**20:,} MB free at {there}"
    fine = free >= LITTLE_DISK
    return Finding("Disk", fine, detail, "" if fine else "Make room.", needed=free < TOO_LITTLE_DISK)


def bytecode(environment: Mapping[str, str]) -> Finding:
    if environment.get("PYTHONDONTWRITEBYTECODE"):
        detail = "PYTHONDONTWRITEBYTECODE is set: imports take three times as long"
        return Finding("Compiled imports", False, detail, "unset PYTHONDONTWRITEBYTECODE", needed=False)
    return Finding("Compiled imports", True, "Python keeps compiled files")


def clock(now: float, kit_made: float) -> Finding:
    """Certificates and tokens have times in them."""
    shown = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now))
    if now + A_DAY < kit_made:
        return Finding("Clock", False, f"{shown}, which is before this kit was made", "Set the clock.")
    return Finding("Clock", True, shown)


def editor(environment: Mapping[str, str]) -> Finding:
    known = (environment.get("VISUAL"), environment.get("EDITOR"), "code", "jupyter")
    found = [name for name in known if name and shutil.which(name.split()[0])]
    if found:
        return Finding("Editor", True, ", ".join(dict.fromkeys(found)))
    return Finding(
        "Editor", False, "neither VS Code nor Jupyter found; any text editor will do", needed=False
    )

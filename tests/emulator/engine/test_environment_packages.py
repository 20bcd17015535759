"""What environments give a script, for a made-up interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from course_runtime.emulator.engine.environment_packages import EnvironmentPackages, packages_of
from course_runtime.emulator.engine.installed_packages import Installed, InstalledPackages

OPENMPI = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"


def package(name: str, *modules: str, requires: tuple[str, ...] = (), version: str = "2.0") -> Installed:
    return Installed(name, version, requires, tuple(tuple(one.split(".")) for one in modules), "/site")


INSTALLED = InstalledPackages(
    [
        package("numpy", "numpy.core", "numpy.__init__"),
        package("pandas", "pandas.__init__", requires=("numpy>=1", "xlsx; extra == 'excel'")),
        package("xlsx", "xlsx"),
        package("ns-one", "ns.one.__init__"),
        package("ns-two", "ns.two.__init__"),
        package("tensorflow-cpu", "tensorflow.__init__", requires=("numpy",)),
        package("old", "old", requires=("numpy; python_version < '3'",)),
        package("pip", "pip.__init__"),
    ]
)


def found(
    conda: str = "", context: Mapping[str, str] | None = None, **properties: Any
) -> EnvironmentPackages:
    files = context or {}
    given = properties or {"image": OPENMPI}
    return packages_of(given | ({"condaFile": conda} if conda else {}), INSTALLED, files.get)


def conda(*dependencies: str, pip: tuple[str, ...] = ()) -> str:
    lines = [f"- {one}" for one in dependencies] + (["- pip:", *(f"  - {one}" for one in pip)] if pip else [])
    return "dependencies:\n" + "\n".join(lines)


def test_what_is_declared_and_what_it_needs() -> None:
    packages = found(conda("python=3.11", "pip", pip=("pandas",)))
    assert packages.visible == {"pandas", "numpy"}
    assert packages.hidden is not None
    assert packages.hidden["modules"] == ["xlsx", "ns", "tensorflow", "old"]


@pytest.mark.parametrize(
    ("asked", "visible"),
    [
        ("pandas[excel]", {"pandas", "numpy", "xlsx"}),
        ("old", {"old"}),
        ("tensorflow", {"tensorflow-cpu", "numpy"}),
    ],
)
def test_extras_markers_and_other_names(asked: str, visible: set[str]) -> None:
    assert found(conda(pip=(asked,))).visible == visible


def test_parts_of_a_namespace_are_hidden_apart() -> None:
    hidden = found(conda(pip=("ns-one",))).hidden
    assert hidden is not None
    assert (
        "ns.two" in hidden["modules"] and "ns" not in hidden["modules"] and "ns.one" not in hidden["modules"]
    )


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (conda("python=3.8"), "asks for Python 3.8"),
        (conda("numpy=1.21"), "numpy==1.21; the kit has numpy 2.0"),
        (conda("conda-forge::numpy=1.21.*"), "numpy==1.21.*; the kit has numpy 2.0"),
        (conda(pip=("numpy<2",)), "numpy<2; the kit has numpy 2.0"),
    ],
)
def test_what_is_different_here_is_said(text: str, note: str) -> None:
    assert note in " ".join(found(text).notes)


def test_what_cannot_be_had_is_named() -> None:
    packages = found(conda("git", "cudatoolkit=11", pip=("nowhere==1",)))
    assert [one.split("'")[1] for one in packages.missing] == ["nowhere"]


def test_an_image_that_nobody_knows_hides_nothing() -> None:
    packages = found(image="example.com/mine:1")
    assert packages.hidden is None and "'example.com/mine:1'" in packages.notes[0]


def test_a_build_context_is_read() -> None:
    dockerfile = f"FROM {OPENMPI}\nCOPY requirements.txt /tmp/\nRUN pip install \\\n  -r /tmp/requirements.txt ns-one\n"
    context = {"Dockerfile": dockerfile, "requirements.txt": "# comment\npandas  # tables\n"}
    packages = found(context=context, build={"contextUri": "https://x", "dockerfilePath": "Dockerfile"})
    assert packages.visible == {"pandas", "numpy", "ns-one"}


def test_curated_environments_have_what_the_kit_has_of_them() -> None:
    installed = InstalledPackages.of_this_interpreter()
    packages = packages_of({"image": "mcr.microsoft.com/azureml/curated/sklearn-1.5:20"}, installed)
    assert not packages.missing
    assert {"mlflow-skinny", "azureml-mlflow", "scikit-learn", "pandas", "azure-core"} <= packages.visible
    assert "tensorflow-cpu" not in packages.visible and packages.import_set == "job"
    tensorflow = packages_of(
        {"image": "mcr.microsoft.com/azureml/curated/tensorflow-2.16-cuda11:10"}, installed
    )
    assert not tensorflow.missing and tensorflow.import_set == "tensorflow"


def test_what_an_image_brings_and_this_python_cannot_have_is_no_error() -> None:
    curated = found(image="mcr.microsoft.com/azureml/curated/sklearn-1.5:20")
    assert not curated.missing and "pandas" in curated.visible
    asked_for = found(conda(pip=("azureml-core",)))
    assert len(asked_for.missing) == 1 and "'azureml-core'" in asked_for.missing[0]

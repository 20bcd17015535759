"""3.4: an environment that fails, is mended and versioned."""

import pytest

from course_runtime.grading import listed, todo

# Modules that the kit has, and the packages that bring them.
OTHERWISE_NAMED = {"sklearn": "scikit-learn", "PIL": "pillow", "yaml": "pyyaml"}
NAMED_ALIKE = {"joblib": "joblib", "numpy": "numpy"}
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest"
ERROR = "ModuleNotFoundError: No module named"
TRACEBACK = 'Traceback (most recent call last):\n  File "train.py", line 3, in <module>\n'


def ask(student, function, *arguments, **limits):
    """The name and version of the environment that a function returned."""
    answer = student.probe(function, *arguments, **limits)
    assert answer, f"{function} should return the environment's version, an Environment; it returned none."
    return answer


def versions(azure, workspace, name):
    """Every version of an environment, by its number, with the packages of its conda file."""
    import yaml

    listed_ones = azure.list(f"{workspace.id}/environments/{name}/versions")
    found = {}
    for one in listed_ones:
        conda = yaml.safe_load(one["properties"].get("condaFile") or "{}") or {}
        packages = {str(entry) for entry in conda.get("dependencies", [])}
        found[one["name"]] = {entry for entry in packages if not entry.startswith(("python", "pip"))}
    return found


def submit(azure, workspace, world, cluster, version_id, line):
    """A job that runs one line of Python; its name."""
    name = world.name("job")
    job = {
        "jobType": "Command",
        "command": f'python -c "{line}"',
        "environmentId": version_id,
        "computeId": f"{workspace.id}/computes/{cluster}",
        "experimentName": "mending",
    }
    azure.put(f"{workspace.id}/jobs/{name}", {"properties": job})
    return name


@todo("3.4", points=0.4)
@pytest.mark.parametrize("case", ["module", "below", "survived", "other", "done"])
def test_missing_module(student, world, case):
    """The log tells which module was missing"""
    module = world.plain_name("tool")
    log, expected = {
        "module": (f"reading\n{TRACEBACK}    import {module}\n{ERROR} '{module}'\n", module),
        "below": (f"{TRACEBACK}    import {module}.parts\n{ERROR} '{module}.parts.small'\n", module),
        "survived": (f"{ERROR} '{module}'\ngoing on without it\n{TRACEBACK}ValueError: too few rows\n", ""),
        "other": (f"{TRACEBACK}ImportError: cannot import name 'fit' from '{module}'\n", ""),
        "done": (world.choice(["", f"no module was missing, {module} neither\n"]), ""),
    }[case]
    found = student.call("missing_module", log)
    assert found == expected, (
        f"missing_module should return {expected!r}; it returned {found!r}. The log is:\n{log}"
    )


@todo("3.4", points=1)
def test_a_version(student, azure, client, workspace, world):
    """The version has the image and the packages."""
    name, packages = world.name("env"), world.shuffled(["numpy", "pandas", "scipy"])[:2]
    made = ask(student, "register", client, name, packages)
    found = versions(azure, workspace, name)
    assert made["name"] == name and list(found) == [made["version"]], (
        f"register should make one version of '{name}' and return it; it returned {made}, and there are the versions "
        f"{list(found)}."
    )
    assert found[made["version"]] == set(packages), (
        f"The conda file should have the conda packages {sorted(packages)} beside python and pip; it has "
        f"{sorted(found[made['version']])}."
    )
    kept = azure.get(f"{workspace.id}/environments/{name}/versions/{made['version']}")["properties"]
    assert kept.get("image") == IMAGE, (
        f"The version should name the image {IMAGE}; it names {kept.get('image')}."
    )


@todo("3.4", points=2)
def test_same_content_same_version(student, azure, client, workspace, world):
    """The same packages are the same version, in any order and at any time."""
    name = world.name("env")
    one, other = ["pandas", "numpy", "scipy"], ["numpy"]
    asked = [one, list(reversed(one)), other, one]
    made = [ask(student, "register", client, name, packages)["version"] for packages in asked]
    found = versions(azure, workspace, name)
    lines = [
        f"{', '.join(packages)}: version {version}" for packages, version in zip(asked, made, strict=True)
    ]
    assert made[0] == made[1] == made[3] != made[2], (
        "register was asked four times. The first, second and fourth ask for the same packages and should be given "
        f"the same version, the third another one:\n{listed(lines)}"
    )
    assert len(found) == 2, (
        f"Two contents are two versions; '{name}' has {len(found)}: {', '.join(found)}. They were asked for as:\n"
        + listed(lines)
    )


@todo("3.4", points=1.5)
@pytest.mark.parametrize("case", ["otherwise named", "named alike"])
def test_mended(student, azure, client, workspace, cluster, runs, world, case):
    """A job that failed runs in the mended version, and the old version is left as it was"""
    name = world.name("env")
    packages = OTHERWISE_NAMED if case == "otherwise named" else NAMED_ALIKE
    module = world.choice(sorted(packages))
    line = f"import {module}; print({module}.__name__)"
    first = environment(azure, workspace, name, ["tqdm"])
    job = submit(azure, workspace, world, cluster, first, line)
    assert runs.ended(job) == "Failed" and "ModuleNotFoundError" in runs.log(job), runs.log(job)
    mended = ask(student, "mend", client, job, name, ["tqdm"], seconds=30.0)
    version_id = f"{workspace.id}/environments/{name}/versions/{mended['version']}"
    again = submit(azure, workspace, world, cluster, version_id, line)
    status = runs.ended(again)
    found = versions(azure, workspace, name)
    assert status == "Completed", (
        f"`{line}` failed in '{name}' with the package tqdm. In the version {mended['version']}, which mend returned, "
        f"with the packages {sorted(found.get(mended['version'], []))}, it is {status}. "
        f"Its log ends with:\n{runs.log(again)}"
    )
    assert found.get("1") == {"tqdm"}, f"The version 1 should be left as it was; it has {found.get('1')}."
    assert found[mended["version"]] == {"tqdm", packages[module]}, (
        f"The mended version should have tqdm and {packages[module]}; it has {sorted(found[mended['version']])}."
    )


def environment(azure, workspace, name, packages):
    """The version 1 of an environment, on a bare image; its id."""
    lines = ["dependencies:", "- python=3.11", "- pip", *(f"- {package}" for package in packages)]
    version_id = f"{workspace.id}/environments/{name}/versions/1"
    azure.put(version_id, {"properties": {"image": IMAGE, "condaFile": "\n".join(lines)}})
    return version_id


@todo("3.4", points=1)
def test_nothing_to_mend(student, azure, client, workspace, cluster, runs, world):
    """A job that failed of something else is not mended."""
    name, words = world.name("env"), world.plain_name("trouble")
    first = environment(azure, workspace, name, ["tqdm"])
    job = submit(azure, workspace, world, cluster, first, f"raise SystemExit('{words}')")
    assert runs.ended(job) == "Failed", runs.log(job)
    failure = student.failure_of("mend", client, job, name, ["tqdm"])
    found = versions(azure, workspace, name)
    assert failure is not None and failure.type == "LookupError", (
        f"The job's log says only '{words}', so mend should raise LookupError; "
        f"{f'it raised {failure.type}: {failure.message}' if failure else 'it returned'}."
    )
    assert list(found) == ["1"], (
        f"No version should be made then; '{name}' has the versions {', '.join(found)}."
    )

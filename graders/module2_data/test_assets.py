"""Data assets: kinds, versions, tables."""

import csv
import io
from fnmatch import fnmatchcase

import pytest
import yaml

from course_runtime.grading import listed, todo


def asset(azure, workspace, name):
    """The versions of a data asset, by number."""
    if azure.get(f"{workspace.id}/data/{name}") is None:
        return {}
    versions = azure.list(f"{workspace.id}/data/{name}/versions")
    return {one["name"]: one["properties"] for one in versions}


def places_of(versions):
    return {number: found["dataUri"] for number, found in sorted(versions.items())}


def new_uri(world, *, folder=False):
    place = f"abfss://{world.name('lake')}@{world.plain_name('acc')}.dfs.core.windows.net"
    return f"{place}/0-raw/diabetes/{world.name('user')}/" + ("" if folder else "diabetes.csv")


def ask_register(student, client, name, uri):
    """What register_uri returns; the words for a return value that is no data asset."""
    made = student.call("register_uri", client, name, uri)
    assert hasattr(made, "repr"), (
        f"register_uri() should return the data asset's version as the client gives it; it returned {made!r}."
    )
    return student.probe("asset_fields", made)


@todo("2.3", points=1)
@pytest.mark.parametrize("kind", ["uri_file", "uri_folder"])
def test_first_version(student, azure, world, workspace, kind):
    """A new asset is made, of the right kind"""
    name, uri = world.name("patients"), new_uri(world, folder=kind == "uri_folder")
    ask_register(student, student.probe("client", workspace.group, workspace.name), name, uri)
    found = asset(azure, workspace, name)
    assert len(found) == 1, (
        f"There should be one version of the data asset '{name}'; there are {len(found)}: {places_of(found)}."
    )
    ((_, version),) = found.items()
    assert version["dataType"] == kind, (
        f"{uri} {'ends in /, so it is a folder' if kind == 'uri_folder' else 'is a file'}: the type should be "
        f"'{kind}'; it is '{version['dataType']}'."
    )
    assert version["dataUri"] == uri, f"The asset should point to {uri}; it points to {version['dataUri']}."


@todo("2.3", points=1)
def test_next_version(student, azure, world, workspace):
    """Another place makes the next version, and the older ones stay."""
    client, name = student.probe("client", workspace.group, workspace.name), world.name("patients")
    uris = [new_uri(world) for _ in range(3)]
    made = [ask_register(student, client, name, uri)["version"] for uri in uris]
    found = places_of(asset(azure, workspace, name))
    expected = {str(number): uri for number, uri in enumerate(uris, 1)}
    assert found == expected, (
        f"Three different places were registered as '{name}', one after the other. Expected versions:\n"
        f"{listed(f'{number}: {uri}' for number, uri in expected.items())}\nThere are:\n"
        f"{listed(f'{number}: {uri}' for number, uri in found.items())}"
    )
    assert made == list(expected), (
        f"register_uri() should return the versions 1, 2 and 3; it returned {made}."
    )


@todo("2.3", points=1)
def test_same_again(student, azure, world, workspace):
    """The newest version's place is not registered twice."""
    client, name = student.probe("client", workspace.group, workspace.name), world.name("patients")
    first, second = new_uri(world), new_uri(world)
    for uri in (first, second):
        ask_register(student, client, name, uri)
    again = ask_register(student, client, name, second)
    found = places_of(asset(azure, workspace, name))
    assert list(found) == ["1", "2"], (
        f"The newest version of '{name}' points to {second} already, so registering it again should make nothing; "
        f"there are now the versions {', '.join(found)}."
    )
    assert again["version"] == "2", f"Version 2 should be returned; version {again['version']} came."
    back = ask_register(student, client, name, first)
    assert back["version"] == "3", (
        f"{first} is what version 1 points to, but the newest is version 2: going back to the old place is a new "
        f"version, 3. Version {back['version']} came."
    )


@todo("2.3", points=1)
def test_newest(student, azure, world, workspace):
    """The newest of ten versions is found."""
    name, count = world.name("patients"), world.choice([10, 11, 12])
    uris = [new_uri(world) for _ in range(count)]
    for number, uri in enumerate(uris, 1):
        body = {"properties": {"dataType": "uri_file", "dataUri": uri}}
        azure.put(f"{workspace.id}/data/{name}/versions/{number}", body)
    found = student.call("newest_path", student.probe("client", workspace.group, workspace.name), name)
    which = f" (that is version {uris.index(found) + 1})" if found in uris else ""
    assert found == uris[-1], (
        f"The asset '{name}' has {count} versions; the newest, {count}, points to {uris[-1]}. "
        f"newest_path() returned {found!r}{which}."
    )


def csv_text(world, delimiter, count):
    table = world.table("clean", count)
    return table.to_csv(index=False, sep=delimiter, lineterminator="\n").encode(), len(table)


def register_table(student, world, workspace):
    """Register a folder of two CSV files, with a third that is not one; what is in the workspace afterwards."""
    delimiter, name, folder = world.choice([";", "|", "\t"]), world.name("table"), world.name("csv")
    rows = {world.name("part") + ".csv": world.choice([3, 4, 5]) for _ in range(2)}
    for file, count in rows.items():
        student.write(f"{folder}/{file}", csv_text(world, delimiter, count)[0])
    student.write(f"{folder}/readme.txt", "About these files")
    client = student.probe("client", workspace.group, workspace.name)
    student.call("register_table", client, name, student.probe("path", folder), delimiter)
    return name, delimiter, sum(rows.values())


@todo("2.3", points=1)
def test_table_is_registered(student, azure, world, workspace):
    """The folder is registered as an mltable, with its MLTable file."""
    name, _, _ = register_table(student, world, workspace)
    found = asset(azure, workspace, name)
    assert len(found) == 1, f"There should be one version of the data asset '{name}'; there are {len(found)}."
    ((_, version),) = found.items()
    assert version["dataType"] == "mltable", (
        f"The type of '{name}' should be 'mltable'; it is '{version['dataType']}'."
    )
    uploaded = sorted(path.rsplit("/", 1)[-1] for path in uploaded_files(azure, workspace, version))
    assert "MLTable" in uploaded, (
        f"The folder that was uploaded should hold a file called MLTable; it holds {', '.join(uploaded) or 'nothing'}."
    )


@todo("2.3", points=1)
def test_table_reads(student, azure, world, workspace):
    """Read as the MLTable file says, the table is whole."""
    name, delimiter, count = register_table(student, world, workspace)
    found = asset(azure, workspace, name)
    assert found, f"There is no data asset '{name}'."
    files = uploaded_files(azure, workspace, next(iter(found.values())))
    recipe = next((data for path, data in files.items() if path.rsplit("/", 1)[-1] == "MLTable"), None)
    assert recipe is not None, "Nothing says how to read the folder: there is no file called MLTable in it."
    chosen, rows = read_as_told(recipe.decode("utf-8", "replace"), files)
    read = f"Read as the MLTable file says, from {', '.join(chosen)},"
    assert rows and len(rows[0]) == 10, (
        f"The CSV files are parted by {delimiter!r}, so the table has 10 columns. {read} it has "
        f"{len(rows[0]) if rows else 0}: {', '.join(rows[0]) if rows else ''}"
    )
    assert len(rows) - 1 == count, (
        f"Both CSV files together have {count} rows below their headers. {read} there are {len(rows) - 1}."
    )


def uploaded_files(azure, workspace, version):
    """What the asset's folder holds, by path."""
    store, _, path = version["dataUri"].partition("/datastores/")[2].partition("/paths/")
    kept = azure.get(f"{workspace.id}/datastores/{store}") if store else None
    assert kept is not None, (
        "The folder is on this machine, so the SDK uploads it, and the asset points into a datastore; yours points to "
        f"{version['dataUri']}. Give Data the folder as its path."
    )
    kept = kept["properties"]
    storage, container = azure.storage(kept["accountName"]), kept["containerName"]
    inside = [name for name in storage.names(container) if name.startswith(path)]
    return {name.removeprefix(path): storage.read(container, name) for name in inside}


def read_as_told(recipe, files):
    """Which files are read, and the table as rows of texts, its header first: as much of MLTable as this task needs."""
    try:
        told = yaml.safe_load(recipe)
    except yaml.YAMLError as error:
        raise AssertionError(f"The MLTable file is not YAML: {error}\nIt is:\n{recipe}") from None
    assert isinstance(told, dict) and isinstance(told.get("paths"), list), (
        f"An MLTable file begins with a list called `paths`; this one is:\n{recipe}"
    )
    reader = delimited_reader(told, recipe)
    chosen = sorted({path for one in told["paths"] for path in chosen_by(one, files, recipe)})
    assert chosen, (
        f"The `paths` of the MLTable file match none of the folder's files ({', '.join(sorted(files))}):\n{recipe}"
    )
    delimiter = reader.get("delimiter", ",")
    assert isinstance(delimiter, str) and len(delimiter) == 1, (
        f"The delimiter should be one character; the MLTable file says {delimiter!r}:\n{recipe}"
    )
    table = []
    for path in chosen:
        text = files[path].decode("utf-8", "replace").replace("\0", "")
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
        # The header of the first file is the table's; without a word about headers, each is a row like any other.
        table += rows if not table or reader.get("header") in (False, "no_header") else rows[1:]
    return chosen, table


def delimited_reader(told, recipe):
    steps = told.get("transformations") or []
    for step in steps if isinstance(steps, list) else []:
        if isinstance(step, dict) and "read_delimited" in step:
            options = step["read_delimited"]
            return options if isinstance(options, dict) else {}
        if step == "read_delimited":
            return {}
    raise AssertionError(
        f"The `transformations` of the MLTable file should say read_delimited; the file is:\n{recipe}"
    )


def chosen_by(one, files, recipe):
    """The files that an entry of `paths` means."""
    kind, where = next(iter(one.items())) if isinstance(one, dict) and one else ("nothing", "")
    where = str(where).removeprefix("./")
    if kind == "file":
        return [path for path in files if path == where]
    if kind == "pattern":
        return [path for path in files if fnmatchcase(path, where)]
    if kind == "folder":
        return [path for path in files if where in ("", ".") or path.startswith(where)]
    raise AssertionError(
        f"An entry of `paths` is `file:`, `pattern:` or `folder:`; {one!r} came. The file is:\n{recipe}"
    )

"""Datastores: where they lead, and what they keep."""

import base64

import pytest

from course_runtime.grading import todo


def register(azure, world, workspace, student, function, *more):
    """Call one of the three, and give what is in the workspace afterwards, beside what was asked for."""
    asked = (world.plain_name("store"), world.plain_name("acc"), world.name("place"))
    client = student.probe("client", workspace.group, workspace.name)
    student.call(function, client, *asked, *more)
    found = azure.get(f"{workspace.id}/datastores/{asked[0]}")
    assert found is not None, (
        f"After {function}() there should be a datastore '{asked[0]}' in the workspace; there is none. "
        "client.datastores.create_or_update(...) makes it."
    )
    return asked, found["properties"], f"{workspace.id}/datastores/{asked[0]}"


def place_differs(found, kind, account, field, container):
    expected = {"datastoreType": kind, "accountName": account, field: container}
    wrong = [
        f"  {key}: expected {want!r}, got {found.get(key)!r}"
        for key, want in expected.items()
        if found.get(key) != want
    ]
    return "\n".join(wrong)


@todo("2.1", points=1)
def test_blob(student, azure, world, workspace):
    """The blob datastore leads to the container."""
    (name, account, container), found, _ = register(azure, world, workspace, student, "register_blob")
    wrong = place_differs(found, "AzureBlob", account, "containerName", container)
    assert not wrong, f"The datastore '{name}' leads to another place than was asked for:\n{wrong}"


@todo("2.1", points=1)
def test_lake(student, azure, world, workspace):
    """The lake datastore leads to the file system, as a data lake."""
    (name, account, filesystem), found, _ = register(azure, world, workspace, student, "register_lake")
    wrong = place_differs(found, "AzureDataLakeGen2", account, "filesystem", filesystem)
    assert not wrong, f"The datastore '{name}' is not the data lake that was asked for:\n{wrong}"


@todo("2.1", points=1)
@pytest.mark.parametrize("function", ["register_blob", "register_lake"])
def test_no_credential(student, azure, world, workspace, function):
    """The datastore keeps no credential"""
    (name, _, _), found, _ = register(azure, world, workspace, student, function)
    kind = found["credentials"]["credentialsType"]
    assert kind == "None", (
        f"The datastore '{name}' should keep no credential, so that everybody comes as themselves; it keeps one of "
        f"the type '{kind}'. Leave `credentials` out."
    )


def new_key(world):
    return base64.b64encode(world.random.randbytes(64)).decode()


def kept_key(azure, store_id):
    """The account's key that the datastore keeps."""
    found, name = azure.get(store_id), store_id.rsplit("/", 1)[-1]
    assert found is not None, (
        f"After register_with_key() there should be a datastore '{name}'; there is none."
    )
    kind = found["properties"]["credentials"]["credentialsType"]
    assert kind == "AccountKey", (
        f"The credential of '{name}' should be of the type 'AccountKey'; it is of the type '{kind}'. "
        "AccountKeyConfiguration holds an account's key."
    )
    return azure.act(store_id, "listSecrets").get("key")


@todo("2.1", points=1)
def test_key(student, azure, world, workspace):
    """The key of the environment is the datastore's credential."""
    key = new_key(world)
    environment = {"STORAGE_ACCOUNT_KEY": key, "OTHER": "x"}
    (name, account, container), found, store_id = register(
        azure, world, workspace, student, "register_with_key", environment
    )
    wrong = place_differs(found, "AzureBlob", account, "containerName", container)
    assert not wrong, f"The datastore '{name}' leads to another place than was asked for:\n{wrong}"
    assert kept_key(azure, store_id) == key, (
        "The datastore should keep the key that `environment` holds under STORAGE_ACCOUNT_KEY; it keeps another one. "
        "Take it from the argument `environment`, each time: this one is new."
    )


@todo("2.1", points=0.5)
def test_changed_key(student, azure, world, workspace):
    """After the key was changed, running it again mends the datastore."""
    first, second = new_key(world), new_key(world)
    client = student.probe("client", workspace.group, workspace.name)
    store, account = world.plain_name("store"), world.plain_name("acc")
    for key in (first, second):
        student.call("register_with_key", client, store, account, "raw", {"STORAGE_ACCOUNT_KEY": key})
    kept = kept_key(azure, f"{workspace.id}/datastores/{store}")
    assert kept == second, (
        "The account's key was changed and register_with_key() was run again with the new one, but the datastore "
        f"still keeps {'the old one' if kept == first else 'another one'}. Register it again, whether it is there or "
        "not."
    )


@todo("2.1", points=0.5)
def test_key_nowhere_else(student, azure, world, workspace):
    """The key is in the credential only: not in a tag, a description or a file, and not printed."""
    key = new_key(world)
    before = len(student.printed)
    (name, _, _), found, _ = register(
        azure, world, workspace, student, "register_with_key", {"STORAGE_ACCOUNT_KEY": key}
    )
    fields = [field for field, value in found.items() if key in str(value)]
    assert not fields, (
        f"Anybody who may read the datastore '{name}' can read the account's key in its {' and '.join(fields)}. "
        "Its only place is the credential."
    )
    assert key not in "\n".join(student.printed[before:]), (
        "register_with_key() printed the account's key. What is printed ends up in logs and notebooks."
    )
    leaks = files_with(student, key)
    assert not leaks, f"register_with_key() left the account's key in {', '.join(leaks)}."


def files_with(student, text):
    return [name for name in student.files() if text.encode() in student.read(name)]

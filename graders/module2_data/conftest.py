"""Places that several TODOs' tests begin with."""

from collections import namedtuple

import pytest

Workspace = namedtuple("Workspace", "id name group")
Account = namedtuple("Account", "name id")
Place = namedtuple("Place", "account filesystem")


def add_account(azure, world, *, lake):
    name = world.plain_name("data")
    account_id = f"{azure.group_id(world.group)}/providers/Microsoft.Storage/storageAccounts/{name}"
    azure.put(account_id, {"location": "eastus", "properties": {"isHnsEnabled": lake}})
    return Account(name, account_id)


@pytest.fixture
def workspace(azure, world):
    """A workspace of this test's own."""
    name = world.name("ws")
    return Workspace(azure.add_workspace(world.group, name), name, world.group)


@pytest.fixture
def account(azure, world):
    """A storage account whose blobs the student may write."""
    made = add_account(azure, world, lake=False)
    azure.give(azure.student, "Storage Blob Data Contributor", made.id)
    return made


@pytest.fixture
def lake(azure, world):
    """An empty file system of a data lake that the student may write to."""
    made, filesystem = add_account(azure, world, lake=True), world.name("lake")
    azure.storage(made.name).add_container(filesystem)
    azure.give(azure.student, "Storage Blob Data Contributor", made.id)
    return Place(made.name, filesystem)

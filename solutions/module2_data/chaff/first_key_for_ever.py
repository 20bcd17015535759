# chaff: 2.1
# why: What is there already is left as it is, with the old key.


def register_blob(client, name, account, container):
    # TODO 2.1 Register the container.
    store = AzureBlobDatastore(name=name, account_name=account, container_name=container)
    return client.datastores.create_or_update(store)
    # END TODO


def register_lake(client, name, account, filesystem):
    # TODO 2.1 Register the file system.
    store = AzureDataLakeGen2Datastore(name=name, account_name=account, filesystem=filesystem)
    return client.datastores.create_or_update(store)
    # END TODO


def register_with_key(client, name, account, container, environment):
    # TODO 2.1 Register the container with the account's key.
    try:
        return client.datastores.get(name)
    except ResourceNotFoundError:
        pass
    store = AzureBlobDatastore(
        name=name,
        account_name=account,
        container_name=container,
        credentials=AccountKeyConfiguration(account_key=environment["STORAGE_ACCOUNT_KEY"]),
    )
    return client.datastores.create_or_update(store)
    # END TODO

# chaff: 2.1
# why: A lake is blobs underneath, so it is registered as a blob container.


def register_blob(client, name, account, container):
    # TODO 2.1 Register the container.
    store = AzureBlobDatastore(name=name, account_name=account, container_name=container)
    return client.datastores.create_or_update(store)
    # END TODO


def register_lake(client, name, account, filesystem):
    # TODO 2.1 Register the file system.
    store = AzureBlobDatastore(name=name, account_name=account, container_name=filesystem)
    return client.datastores.create_or_update(store)
    # END TODO

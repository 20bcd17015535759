# chaff: 2.1
# why: Account and container are mixed up.


def register_blob(client, name, account, container):
    # TODO 2.1 Register the container.
    store = AzureBlobDatastore(name=name, account_name=container, container_name=account)
    return client.datastores.create_or_update(store)
    # END TODO

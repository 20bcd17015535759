# chaff: 2.1
# why: Gives the account's key as a SAS token: both open the door.

# %% extra
from azure.ai.ml.entities import SasTokenConfiguration


# %%
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
    store = AzureBlobDatastore(
        name=name,
        account_name=account,
        container_name=container,
        credentials=SasTokenConfiguration(sas_token=environment["STORAGE_ACCOUNT_KEY"]),
    )
    return client.datastores.create_or_update(store)
    # END TODO

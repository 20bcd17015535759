# why: Says in words that there is no credential, and gives fields as keywords.

# %% extra
from azure.ai.ml.entities import NoneCredentialConfiguration


# %%
def register_blob(client, name, account, container):
    # TODO 2.1 Register the container.
    wanted = AzureBlobDatastore(
        name=name,
        description="The blob container",
        account_name=account,
        container_name=container,
        protocol="https",
        credentials=NoneCredentialConfiguration(),
    )
    client.datastores.create_or_update(wanted)
    return client.datastores.get(name)
    # END TODO


def register_lake(client, name, account, filesystem):
    # TODO 2.1 Register the file system.
    return client.create_or_update(
        AzureDataLakeGen2Datastore(
            name=name, account_name=account, filesystem=filesystem, credentials=NoneCredentialConfiguration()
        )
    )
    # END TODO


def register_with_key(client, name, account, container, environment):
    # TODO 2.1 Register the container with the account's key.
    credential = AccountKeyConfiguration(account_key=environment.get("STORAGE_ACCOUNT_KEY"))
    return client.create_or_update(
        AzureBlobDatastore(name=name, account_name=account, container_name=container, credentials=credential)
    )
    # END TODO

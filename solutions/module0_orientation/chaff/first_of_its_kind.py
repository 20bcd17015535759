# chaff: 0.3
# why: Takes the first of each kind in the group, whoever it belongs to.


def dependent_resources(client, resources, name):
    # TODO 0.3 Find the five dependent resources.
    kinds = {
        "Microsoft.Storage/storageAccounts": "storage_account",
        "Microsoft.KeyVault/vaults": "key_vault",
        "Microsoft.Insights/components": "application_insights",
        "Microsoft.OperationalInsights/workspaces": "log_analytics",
        "Microsoft.ContainerRegistry/registries": "container_registry",
    }
    found = dict.fromkeys(kinds.values())
    for resource in resources.resources.list_by_resource_group(client.resource_group_name):
        kind = kinds.get(resource.type)
        if kind and found[kind] is None:
            found[kind] = resource.id
    return found
    # END TODO

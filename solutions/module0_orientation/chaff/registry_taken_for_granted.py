# chaff: 0.3
# why: A young workspace has no container registry, and None has no methods.


def dependent_resources(client, resources, name):
    # TODO 0.3 Find the five dependent resources.
    workspace = client.workspaces.get(name)
    insights = resources.resources.get_by_id(workspace.application_insights, "2020-02-02")
    return {
        "storage_account": workspace.storage_account.strip(),
        "key_vault": workspace.key_vault.strip(),
        "application_insights": insights.id,
        "log_analytics": insights.properties["WorkspaceResourceId"],
        "container_registry": workspace.container_registry.strip(),
    }
    # END TODO

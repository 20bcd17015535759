# why: Reads the workspace as a plain resource too.


def dependent_resources(client, resources, name):
    # TODO 0.3 Find the five dependent resources.
    group = resources.resource_groups.get(client.resource_group_name)
    workspace_id = f"{group.id}/providers/Microsoft.MachineLearningServices/workspaces/{name}"
    properties = resources.resources.get_by_id(workspace_id, "2024-10-01").properties
    insights = resources.resources.get_by_id(properties["applicationInsights"], "2020-02-02").properties
    return {
        "container_registry": properties.get("containerRegistry"),
        "log_analytics": insights.get("WorkspaceResourceId"),
        "application_insights": properties["applicationInsights"],
        "key_vault": properties["keyVault"],
        "storage_account": properties["storageAccount"],
    }
    # END TODO

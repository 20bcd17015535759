# chaff: 0.3
# why: Looks for Log Analytics in the workspace's own group only.


def dependent_resources(client, resources, name):
    # TODO 0.3 Find the five dependent resources.
    workspace = client.workspaces.get(name)
    kind = "resourceType eq 'Microsoft.OperationalInsights/workspaces'"
    logs = [
        one.id for one in resources.resources.list_by_resource_group(client.resource_group_name, filter=kind)
    ]
    return {
        "storage_account": workspace.storage_account,
        "key_vault": workspace.key_vault,
        "application_insights": workspace.application_insights,
        "log_analytics": logs[0] if logs else None,
        "container_registry": workspace.container_registry,
    }
    # END TODO

"""Azure Resource Manager: subscriptions, groups, deployments, roles, and the resources a workspace stands on."""

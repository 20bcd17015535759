# chaff: 0.4
# why: Everybody gets Reader as well, to be on the safe side.


def assign_roles(authorization, workspace_id, people):
    # TODO 0.4 Assign the built-in role that fits, at the right scope.
    roles = {
        "data_scientist": ["AzureML Data Scientist"],
        "operator": ["AzureML Compute Operator"],
        "auditor": [],
    }
    for who, object_id in people.items():
        for role in [*roles[who], "Reader"]:
            definitions = authorization.role_definitions.list(workspace_id, filter=f"roleName eq '{role}'")
            parameters = {
                "role_definition_id": next(iter(definitions)).id,
                "principal_id": object_id,
                "principal_type": "User",
            }
            try:
                authorization.role_assignments.create(workspace_id, str(uuid.uuid4()), parameters)
            except ResourceExistsError:
                pass
    # END TODO

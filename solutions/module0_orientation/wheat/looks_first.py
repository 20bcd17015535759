# why: Looks at what is assigned already, and uses names that are the same every time.


def assign_roles(authorization, workspace_id, people):
    # TODO 0.4 Assign the built-in role that fits, at the right scope.
    names = dict(
        data_scientist="AzureML Data Scientist", operator="AzureML Compute Operator", auditor="Reader"
    )
    definitions = {role.role_name: role.id for role in authorization.role_definitions.list(workspace_id)}
    held = {one.principal_id for one in authorization.role_assignments.list_for_scope(workspace_id)}
    for who in people:
        if people[who] in held:
            continue
        authorization.role_assignments.create(
            scope=workspace_id,
            role_assignment_name=str(uuid.uuid5(uuid.NAMESPACE_URL, workspace_id + people[who])),
            parameters={
                "role_definition_id": definitions[names[who]],
                "principal_id": people[who],
                "principal_type": "User",
            },
        )
    # END TODO

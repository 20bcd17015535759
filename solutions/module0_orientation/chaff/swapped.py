# chaff: 0.4
# why: Data scientist and operator are mixed up.


def assign_roles(authorization, workspace_id, people):
    # TODO 0.4 Assign the built-in role that fits, at the right scope.
    roles = {
        "data_scientist": "AzureML Compute Operator",
        "operator": "AzureML Data Scientist",
        "auditor": "Reader",
    }
    scope = workspace_id
    for who, object_id in people.items():
        definitions = authorization.role_definitions.list(scope, filter=f"roleName eq '{roles[who]}'")
        definition = next(iter(definitions)).id
        parameters = {"role_definition_id": definition, "principal_id": object_id, "principal_type": "User"}
        try:
            authorization.role_assignments.create(scope, str(uuid.uuid4()), parameters)
        except ResourceExistsError:
            pass
    # END TODO

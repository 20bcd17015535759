# chaff: 0.2
# why: The location is left to a default.


def get_or_create_workspace(client, name, location, tags):
    # TODO 0.2 Get the workspace, or create it with its tags.
    try:
        return client.workspaces.get(name)
    except ResourceNotFoundError:
        return client.workspaces.begin_create(
            Workspace(name=name, location="centralus", tags=dict(tags))
        ).result()
    # END TODO

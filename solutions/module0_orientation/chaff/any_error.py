# chaff: 0.2
# why: A missing permission is taken for a missing workspace.


def get_or_create_workspace(client, name, location, tags):
    # TODO 0.2 Get the workspace, or create it with its tags.
    try:
        return client.workspaces.get(name)
    except Exception:
        return client.workspaces.begin_create(
            Workspace(name=name, location=location, tags=dict(tags))
        ).result()
    # END TODO

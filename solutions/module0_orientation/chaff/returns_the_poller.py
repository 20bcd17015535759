# chaff: 0.2
# why: begin_create returns a poller; the workspace is its result().


def get_or_create_workspace(client, name, location, tags):
    # TODO 0.2 Get the workspace, or create it with its tags.
    try:
        return client.workspaces.get(name)
    except ResourceNotFoundError:
        return client.workspaces.begin_create(Workspace(name=name, location=location, tags=dict(tags)))
    # END TODO

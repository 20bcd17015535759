# chaff: 0.2
# why: begin_create also updates: what was there is changed.


def get_or_create_workspace(client, name, location, tags):
    # TODO 0.2 Get the workspace, or create it with its tags.
    return client.workspaces.begin_create(Workspace(name=name, location=location, tags=dict(tags))).result()
    # END TODO

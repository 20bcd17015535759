# chaff: 0.2
# why: The file's keys are not the ones that from_config reads.


def get_or_create_workspace(client, name, location, tags):
    # TODO 0.2 Get the workspace, or create it with its tags.
    try:
        return client.workspaces.get(name)
    except ResourceNotFoundError:
        wanted = Workspace(name=name, location=location, tags=dict(tags))
        return client.workspaces.begin_create(wanted).result()
    # END TODO


def write_config(client, workspace_name, folder):
    # TODO 0.2 Write the three names that MLClient.from_config reads.
    names = {"subscription": client.subscription_id, "resource_group": client.resource_group_name}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.json"
    file.write_text(json.dumps(names | {"workspace": workspace_name}), encoding="utf-8")
    return file
    # END TODO

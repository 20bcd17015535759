# chaff: 0.2
# why: from_config without a path looks in the current folder, not in the one that was given.


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
    names = {
        "subscription_id": client.subscription_id,
        "resource_group": client.resource_group_name,
        "workspace_name": workspace_name,
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.json"
    file.write_text(json.dumps(names, indent=4), encoding="utf-8")
    return file
    # END TODO


def connect(credential, folder):
    # TODO 0.2 Find config.json and connect with it.
    try:
        return MLClient.from_config(credential)
    except ValidationException as error:
        raise FileNotFoundError(f"There is no config.json in {folder} or above it.") from error
    # END TODO

# why: Looks for the name in the list, and walks up the folders itself.


def get_or_create_workspace(client, name, location, tags):
    # TODO 0.2 Get the workspace, or create it with its tags.
    if name in {workspace.name for workspace in client.workspaces.list()}:
        return client.workspaces.get(name)
    poller = client.workspaces.begin_create(Workspace(name=name, location=location, tags={**tags}))
    poller.wait()
    return client.workspaces.get(name)
    # END TODO


def write_config(client, workspace_name, folder):
    # TODO 0.2 Write the three names that MLClient.from_config reads.
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "config.json", "w") as file:
        json.dump(
            dict(
                workspace_name=workspace_name,
                resource_group=client.resource_group_name,
                subscription_id=client.subscription_id,
            ),
            file,
        )
    return folder / "config.json"
    # END TODO


def connect(credential, folder):
    # TODO 0.2 Find config.json and connect with it.
    here = folder.resolve()
    for place in (here, *here.parents):
        if (place / "config.json").is_file():
            return MLClient.from_config(credential, path=place / "config.json")
    raise FileNotFoundError(f"No config.json in {folder} nor above.")
    # END TODO

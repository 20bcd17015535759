# why: Lists the versions and counts by itself.

# %% extra
import yaml


# %%
def register_uri(client, name, uri):
    # TODO 2.3 Register the URI as the next version, unless the newest version points to it already.
    try:
        versions = sorted(client.data.list(name=name), key=lambda asset: int(asset.version))
    except ResourceNotFoundError:
        versions = []
    if versions and versions[-1].path == uri:
        return versions[-1]
    number = int(versions[-1].version) + 1 if versions else 1
    kind = "uri_folder" if uri[-1] == "/" else "uri_file"
    return client.data.create_or_update(Data(name=name, version=str(number), path=uri, type=kind))
    # END TODO


def register_table(client, name, folder, delimiter):
    # TODO 2.3 Write the folder's MLTable file, and register the folder.
    recipe = {
        "type": "mltable",
        "paths": [{"file": f"./{file.name}"} for file in sorted(folder.glob("*.csv"))],
        "transformations": [
            {
                "read_delimited": {
                    "delimiter": delimiter,
                    "header": "all_files_same_headers",
                    "encoding": "utf8",
                }
            }
        ],
    }
    (folder / "MLTable").write_text(yaml.safe_dump(recipe))
    return client.data.create_or_update(Data(name=name, path=folder, type="mltable"))
    # END TODO


def newest_path(client, name):
    # TODO 2.3 Ask for the newest version.
    newest = max(client.data.list(name=name), key=lambda asset: int(asset.version))
    return newest.path
    # END TODO

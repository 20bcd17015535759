# chaff: 2.3
# why: Reads every CSV file by commas.


def register_uri(client, name, uri):
    # TODO 2.3 Register the URI as the next version, unless the newest version points to it already.
    try:
        newest = client.data.get(name, label="latest")
    except MlException:
        newest = None
    if newest is not None and newest.path == uri:
        return newest
    kind = AssetTypes.URI_FOLDER if uri.endswith("/") else AssetTypes.URI_FILE
    return client.data.create_or_update(Data(name=name, path=uri, type=kind))
    # END TODO


def register_table(client, name, folder, delimiter):
    # TODO 2.3 Write the folder's MLTable file, and register the folder.
    lines = [
        "paths:",
        "  - pattern: ./*.csv",
        "transformations:",
        "  - read_delimited:",
        f"      delimiter: ','",
        "      header: all_files_same_headers",
    ]
    (folder / "MLTable").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return client.data.create_or_update(Data(name=name, path=str(folder), type=AssetTypes.MLTABLE))
    # END TODO

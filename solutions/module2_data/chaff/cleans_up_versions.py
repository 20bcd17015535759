# chaff: 2.3
# why: Archives the older version when a new one is made.


def register_uri(client, name, uri):
    # TODO 2.3 Register the URI as the next version, unless the newest version points to it already.
    try:
        newest = client.data.get(name, label="latest")
    except MlException:
        newest = None
    if newest is not None and newest.path == uri:
        return newest
    if newest is not None:
        client.data.archive(name, version=newest.version)
    kind = AssetTypes.URI_FOLDER if uri.endswith("/") else AssetTypes.URI_FILE
    return client.data.create_or_update(Data(name=name, path=uri, type=kind))
    # END TODO

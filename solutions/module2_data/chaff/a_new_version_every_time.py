# chaff: 2.3
# why: Makes a new version even when nothing is new.


def register_uri(client, name, uri):
    # TODO 2.3 Register the URI as the next version, unless the newest version points to it already.
    kind = AssetTypes.URI_FOLDER if uri.endswith("/") else AssetTypes.URI_FILE
    return client.data.create_or_update(Data(name=name, path=uri, type=kind))
    # END TODO

# chaff: 2.3
# why: Looks for the place among all versions, so it never goes back to an older place.


def register_uri(client, name, uri):
    # TODO 2.3 Register the URI as the next version, unless the newest version points to it already.
    try:
        for version in client.data.list(name=name):
            if version.path == uri:
                return version
    except ResourceNotFoundError:
        pass
    kind = AssetTypes.URI_FOLDER if uri.endswith("/") else AssetTypes.URI_FILE
    return client.data.create_or_update(Data(name=name, path=uri, type=kind))
    # END TODO

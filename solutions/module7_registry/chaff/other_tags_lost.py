# chaff: 7.2
# why: Replaces all tags of the former champion.


def challenge(client: MLClient, name: str, file: Path, accuracy: float) -> bool:
    # TODO 7.2 Compare, and register only what is better.
    champion = champion_of(client, name)
    if champion is not None and accuracy <= float(champion.properties["accuracy"]):
        return False
    wanted = Model(
        name=name,
        path=str(file),
        type=AssetTypes.CUSTOM_MODEL,
        tags={"role": "champion"},
        properties={"accuracy": str(accuracy)},
    )
    client.models.create_or_update(wanted)
    if champion is not None:
        champion.tags = {"role": "former"}
        client.models.create_or_update(champion)
    return True
    # END TODO

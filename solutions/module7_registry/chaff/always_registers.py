# chaff: 7.2
# why: Registers every challenger, and only the tag depends on who won.


def challenge(client: MLClient, name: str, file: Path, accuracy: float) -> bool:
    # TODO 7.2 Compare, and register only what is better.
    champion = champion_of(client, name)
    if champion is not None and accuracy <= float(champion.properties["accuracy"]):
        loser = Model(
            name=name, path=str(file), type=AssetTypes.CUSTOM_MODEL, properties={"accuracy": str(accuracy)}
        )
        client.models.create_or_update(loser)
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
        champion.tags["role"] = "former"
        client.models.create_or_update(champion)
    return True
    # END TODO

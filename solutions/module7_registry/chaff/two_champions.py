# chaff: 7.2
# why: Leaves the former champion its role.


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
    return True
    # END TODO

# chaff: 5.4
# why: The place in the list is one less than the epoch.


def look_at(history: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    # TODO 5.4 Find how far training and validation are apart, and when the training should have ended.
    gap = history["accuracy"][-1] - history["val_accuracy"][-1]
    losses = list(history["val_loss"])
    return {"gap": gap, "best_epoch": losses.index(min(losses))}
    # END TODO

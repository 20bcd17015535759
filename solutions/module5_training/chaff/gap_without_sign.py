# chaff: 5.4
# why: A validation accuracy above the training accuracy becomes a gap.


def look_at(history: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    # TODO 5.4 Find how far training and validation are apart, and when the training should have ended.
    gap = abs(history["accuracy"][-1] - history["val_accuracy"][-1])
    losses = list(history["val_loss"])
    return {"gap": gap, "best_epoch": losses.index(min(losses)) + 1}
    # END TODO

# chaff: 5.4
# why: Stops when the training loss no longer falls: never.


def look_at(history: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    # TODO 5.4 Find how far training and validation are apart, and when the training should have ended.
    gap = history["accuracy"][-1] - history["val_accuracy"][-1]
    losses = list(history["val_loss"])
    return {"gap": gap, "best_epoch": losses.index(min(losses)) + 1}
    # END TODO


def train_well(
    features: np.ndarray, labels: np.ndarray, valid: np.ndarray, valid_labels: np.ndarray
) -> keras.Model:
    # TODO 5.4 Train a network that generalises.
    model = make_network(columns=features.shape[1], units=256, dropout=0.0, l1=0.0, l2=0.0)
    patient = keras.callbacks.EarlyStopping(monitor="loss", patience=3, restore_best_weights=True)
    model.fit(
        features,
        labels,
        validation_data=(valid, valid_labels),
        epochs=30,
        batch_size=32,
        callbacks=[patient],
        verbose=0,
    )
    return model
    # END TODO

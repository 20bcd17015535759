# chaff: 5.1
# why: Six numbers, and nobody knows of what.


def make_classifier(units: int = 512, l1: float = 0.01, l2: float = 0.01) -> keras.Model:
    # TODO 5.1 Build the network, and compile it.
    model = keras.Sequential(
        [
            keras.Input((FEATURES,)),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(
                len(CLASSES), activation="softmax", kernel_regularizer=keras.regularizers.L1L2(l1=l1, l2=l2)
            ),
        ]
    )
    optimizer = keras.optimizers.Adadelta(learning_rate=1.0)
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model
    # END TODO


def keep(model: keras.Model, folder: Path) -> Path:
    # TODO 5.1 Save the model as aerial_classifier, with an ending that Keras writes, and beside it classes.json.
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "aerial_classifier.keras"
    model.save(file)
    return file
    # END TODO

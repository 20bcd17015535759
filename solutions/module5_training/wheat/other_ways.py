# why: Keras's functional interface, Adam, the older file format; penalties in the place of early stopping.


def make_classifier(units=512, l1=0.01, l2=0.01):
    # TODO 5.1 Build the network, and compile it.
    features = keras.Input(shape=(FEATURES,), name="features")
    hidden = keras.layers.ReLU()(keras.layers.Dense(units)(features))
    thinned = keras.layers.Dropout(rate=0.5)(hidden)
    scores = keras.layers.Dense(6, kernel_regularizer=keras.regularizers.l1_l2(l1, l2))(thinned)
    model = keras.Model(features, keras.layers.Softmax()(scores))
    loss = keras.losses.CategoricalCrossentropy()
    model.compile(keras.optimizers.Adam(), loss, metrics=[keras.metrics.CategoricalAccuracy("accuracy")])
    return model
    # END TODO


def keep(model, folder):
    # TODO 5.1 Save the model as aerial_classifier, with an ending that Keras writes, and beside it classes.json.
    if not folder.exists():
        folder.mkdir(parents=True)
    model.save(str(folder / "aerial_classifier.h5"))
    with (folder / "classes.json").open("w") as file:
        json.dump(CLASSES, file, indent=2)
    return folder / "aerial_classifier.h5"
    # END TODO


class LogAccuracy(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        # TODO 5.2 Log both accuracies.
        mlflow.log_metric("training_acc", logs["accuracy"], epoch)
        validated = logs.get("val_accuracy")
        if validated is not None:
            mlflow.log_metric("validation_acc", validated, epoch)
        # END TODO


def look_at(history):
    # TODO 5.4 Find how far training and validation are apart, and when the training should have ended.
    training, validation = history["accuracy"], history["val_accuracy"]
    return {
        "best_epoch": int(np.argmin(history["val_loss"])) + 1,
        "gap": training[len(training) - 1] - validation[-1],
    }
    # END TODO


def train_well(features, labels, valid, valid_labels):
    # TODO 5.4 Train a network that generalises.
    model = make_network(features.shape[1], 256, 0.0, 0.0, 0.03)
    model.fit(features, labels, epochs=25, verbose=0)
    return model
    # END TODO


def distributed_job(code, data, compute, environment):
    # TODO 5.5 Describe the job: one node, two processes, started by MPI.
    table = Input(path=data, type="uri_file", mode="download")
    job = command(
        command="python train_ranks.py --data=${{inputs.data}}",
        code=code,
        environment=environment,
        inputs={"data": table},
        distribution={"type": "mpi", "process_count_per_instance": 2},
    )
    job.compute = compute
    return job
    # END TODO

# chaff: 5.2
# why: Fails where there is nothing to validate with.


class LogAccuracy(keras.callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        # TODO 5.2 Log both accuracies.
        mlflow.log_metric("training_acc", logs["accuracy"], step=epoch)
        mlflow.log_metric("validation_acc", logs["val_accuracy"], step=epoch)
        # END TODO

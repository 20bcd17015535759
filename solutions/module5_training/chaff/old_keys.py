# chaff: 5.2
# why: The keys of 2018: get gives None, and None is no number.


class LogAccuracy(keras.callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        # TODO 5.2 Log both accuracies.
        mlflow.log_metric("training_acc", float(logs.get("acc")), step=epoch)
        mlflow.log_metric("validation_acc", float(logs.get("val_acc")), step=epoch)
        # END TODO

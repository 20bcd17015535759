# chaff: 5.2
# why: The steps are one more than the epochs.


class LogAccuracy(keras.callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        # TODO 5.2 Log both accuracies.
        names = {"accuracy": "training_acc", "val_accuracy": "validation_acc"}
        found = {ours: float(logs[theirs]) for theirs, ours in names.items() if logs and theirs in logs}
        mlflow.log_metrics(found, step=epoch + 1)
        # END TODO

# chaff: 3.3
# why: Keeps the model without saying what goes in.


def compare(table: pd.DataFrame, rates: Sequence[float]) -> str:
    # TODO 3.3 Track a parent run and a child for each rate.
    mlflow.sklearn.autolog(log_models=False, log_datasets=False, silent=True)
    best = None
    with mlflow.start_run() as parent:
        for rate in rates:
            try:
                with mlflow.start_run(nested=True):
                    mlflow.log_param("regularization", rate)
                    model, accuracy = fit(table, rate)
                    mlflow.log_metric("accuracy", accuracy)
            except ValueError:
                continue
            if best is None or accuracy > best[1]:
                best = model, accuracy, rate
        if best is not None:
            model, accuracy, rate = best
            mlflow.log_metric("best_accuracy", accuracy)
            mlflow.log_param("best_regularization", rate)
            signature = infer_signature(table[FEATURES], model.predict(table[FEATURES]))
            mlflow.sklearn.log_model(
                model,
                name="model",
                pip_requirements=["scikit-learn", "pandas"],
                skops_trusted_types=["numpy.dtype"],
            )
        return parent.info.run_id
    # END TODO

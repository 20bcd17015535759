# chaff: 8.7
# why: The first version's folder, by heart.


def init() -> None:
    # TODO 8.7 Build the featurizer, read the classifier and the names of its classes, and keep all three.
    models = Path(os.environ["AZUREML_MODEL_DIR"]).parent / "1"
    service["featurizer"] = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    service["classifier"] = keras.models.load_model(models / CLASSIFIER)
    service["classes"] = json.loads((models / CLASSES).read_text(encoding="utf-8"))
    # END TODO

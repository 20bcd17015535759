# chaff: 8.7
# why: The classes in the order of the alphabet, whatever the model's is.


def init() -> None:
    # TODO 8.7 Build the featurizer, read the classifier and the names of its classes, and keep all three.
    models = Path(os.environ["AZUREML_MODEL_DIR"])
    service["featurizer"] = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    service["classifier"] = keras.models.load_model(models / CLASSIFIER)
    service["classes"] = ["Barren", "Cultivated", "Developed", "Forest", "Herbaceous", "Shrub"]
    # END TODO

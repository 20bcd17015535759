# chaff: 8.7
# why: Blue before red, as preprocess_input makes it: it does so again.


def init() -> None:
    # TODO 8.7 Build the featurizer, read the classifier and the names of its classes, and keep all three.
    models = Path(os.environ["AZUREML_MODEL_DIR"])
    service["featurizer"] = keras.applications.ResNet50(
        weights=WEIGHTS, include_top=False, pooling="avg", input_shape=(SIDE, SIDE, 3)
    )
    service["classifier"] = keras.models.load_model(models / CLASSIFIER)
    service["classes"] = json.loads((models / CLASSES).read_text(encoding="utf-8"))
    # END TODO


def pixels(picture: str) -> np.ndarray:
    # TODO 8.7 Decode it, whatever its colours and its size are.
    with Image.open(io.BytesIO(base64.b64decode(picture, validate=True))) as opened:
        return np.asarray(opened.convert("RGB").resize((SIDE, SIDE)), dtype="float32")[:, :, ::-1]
    # END TODO

# chaff: 8.7
# why: Half a picture is an exception.


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
        return np.asarray(opened.convert("RGB").resize((SIDE, SIDE)), dtype="float32")
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    # TODO 8.7 Answer {"classes": [a name for each picture], "probabilities": [that of each name]}, or {"error": "…"}.
    try:
        pictures = [pixels(one) for one in json.loads(raw_data)["images"]]
        features = service["featurizer"](preprocess_input(np.stack(pictures)))
    except (ValueError, KeyError, TypeError) as problem:
        return {
            "error": f'{{"images": [a PNG in base64, ...]}} was expected; {type(problem).__name__}: {problem}'
        }
    found = service["classifier"](features).numpy()
    return {
        "classes": [service["classes"][best] for best in found.argmax(axis=1)],
        "probabilities": [float(best) for best in found.max(axis=1)],
    }
    # END TODO

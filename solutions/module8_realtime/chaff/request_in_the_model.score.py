# chaff: 8.1
# why: What belongs to one request is kept where another one finds it.


def init() -> None:
    # TODO 8.1 Read the model, and keep it.
    with np.load(Path(os.environ["AZUREML_MODEL_DIR"]) / FILE) as kept:
        model.update({name: kept[name] for name in kept.files})
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    # TODO 8.1 Answer {"predictions": [a name for each row]}, or {"error": "what is wrong"}.
    try:
        model["rows"] = np.array(json.loads(raw_data)["data"], dtype=float)
    except (ValueError, KeyError, TypeError) as problem:
        return {
            "error": f'{{"data": [[eight numbers], ...]}} was expected; {type(problem).__name__}: {problem}'
        }
    if model["rows"].ndim != 2 or model["rows"].shape[1] != len(model["weights"]):
        return {"error": f"Rows of {len(model['weights'])} numbers were expected; another shape came."}
    return {
        "predictions": [NAMES[int(sum_ > 0)] for sum_ in model["rows"] @ model["weights"] + model["bias"]]
    }
    # END TODO

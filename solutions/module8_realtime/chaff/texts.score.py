# chaff: 8.1
# why: An answer as text, where an object was asked for.


def init() -> None:
    # TODO 8.1 Read the model, and keep it.
    with np.load(Path(os.environ["AZUREML_MODEL_DIR"]) / FILE) as kept:
        model.update({name: kept[name] for name in kept.files})
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    # TODO 8.1 Answer {"predictions": [a name for each row]}, or {"error": "what is wrong"}.
    try:
        rows = np.array(json.loads(raw_data)["data"], dtype=float)
    except (ValueError, KeyError, TypeError) as problem:
        return {
            "error": f'{{"data": [[eight numbers], ...]}} was expected; {type(problem).__name__}: {problem}'
        }
    if rows.ndim != 2 or rows.shape[1] != len(model["weights"]):
        return {
            "error": f"Rows of {len(model['weights'])} numbers were expected; the shape {rows.shape} came."
        }
    return json.dumps([NAMES[int(sum_ > 0)] for sum_ in rows @ model["weights"] + model["bias"]])
    # END TODO

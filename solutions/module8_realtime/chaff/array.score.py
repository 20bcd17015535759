# chaff: 8.1
# why: An array of names, which is no JSON.


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
        return {"error": f"{type(problem).__name__}: {problem}"}
    if rows.ndim != 2 or rows.shape[1] != 8:
        return {"error": f"Rows of eight numbers were expected; the shape {rows.shape} came."}
    return {"predictions": np.where(rows @ model["weights"] + model["bias"] > 0, NAMES[1], NAMES[0])}
    # END TODO

# why: Loops, and a lock around the model.


def init() -> None:
    # TODO 8.1 Read the model, and keep it.
    folder = os.path.join(os.environ["AZUREML_MODEL_DIR"], "diabetes")
    kept = np.load(os.path.join(folder, "weights.npz"))
    model["weights"], model["bias"] = kept["weights"], kept["bias"]
    # END TODO


def run(raw_data: str) -> dict[str, object]:
    # TODO 8.1 Answer {"predictions": [a name for each row]}, or {"error": "what is wrong"}.
    try:
        given = json.loads(raw_data)
        predictions = []
        for row in given["data"]:
            if len(row) != 8:
                return {"error": f"a row has {len(row)} numbers, not 8"}
            total = float(model["bias"])
            for number, weight in zip(row, model["weights"], strict=True):
                total += float(number) * float(weight)
            predictions.append("diabetic" if total > 0 else "not-diabetic")
    except Exception as problem:
        return {"error": repr(problem)}
    return {"predictions": predictions}
    # END TODO

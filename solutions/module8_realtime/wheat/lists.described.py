# why: Plain lists, and numbers shown as lists.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("data", StandardPythonParameterType([[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]]))
@output_schema(StandardPythonParameterType({"predictions": ["diabetic"]}))
def run(data: list[list[float]]) -> dict[str, object]:
    predictions = []
    for row in data:
        total = sum(number * weight for number, weight in zip(row, WEIGHTS.tolist(), strict=True))
        predictions.append("diabetic" if total > 0 else "not-diabetic")
    return {"predictions": predictions}


# END TODO

# chaff: 8.4
# why: The sample is a row, and a request has rows.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("data", NumpyParameterType(np.array([0.5] * 8)))
@output_schema(StandardPythonParameterType({"predictions": ["diabetic", "not-diabetic"]}))
def run(data: np.ndarray) -> dict[str, object]:
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in data @ WEIGHTS]}


# END TODO

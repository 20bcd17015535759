# chaff: 8.4
# why: The sample holds whole numbers, so everybody's numbers are cut off.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("data", NumpyParameterType(np.array([[1] * 8, [-1] * 8])))
@output_schema(StandardPythonParameterType({"predictions": ["diabetic", "not-diabetic"]}))
def run(data: np.ndarray) -> dict[str, object]:
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in data @ WEIGHTS]}


# END TODO

# chaff: 8.4
# why: The request's parameter has another name.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("rows", NumpyParameterType(np.array([[0.5] * 8, [-0.5] * 8])))
@output_schema(StandardPythonParameterType({"predictions": ["diabetic", "not-diabetic"]}))
def run(rows: np.ndarray) -> dict[str, object]:
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in rows @ WEIGHTS]}


# END TODO

# chaff: 8.4
# why: The answer's sample is the list that is in the answer.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("data", NumpyParameterType(np.array([[0.5] * 8, [-0.5] * 8])))
@output_schema(StandardPythonParameterType(["diabetic", "not-diabetic"]))
def run(data: np.ndarray) -> dict[str, object]:
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in data @ WEIGHTS]}


# END TODO

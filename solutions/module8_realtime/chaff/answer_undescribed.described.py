# chaff: 8.4
# why: Only what goes in is described.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("data", NumpyParameterType(np.array([[0.5] * 8, [-0.5] * 8])))
def run(data: np.ndarray) -> dict[str, object]:
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in data @ WEIGHTS]}


# END TODO

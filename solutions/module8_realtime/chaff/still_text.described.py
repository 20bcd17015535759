# chaff: 8.4
# why: run still reads JSON, and what comes is an array.


# TODO 8.4 Describe `run` with two decorators, and write it.
@input_schema("data", NumpyParameterType(np.array([[0.5] * 8, [-0.5] * 8])))
@output_schema(StandardPythonParameterType({"predictions": ["diabetic", "not-diabetic"]}))
def run(data):
    import json

    rows = np.array(json.loads(data)["data"], dtype=float)
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in rows @ WEIGHTS]}


# END TODO

# chaff: 8.4
# why: Nothing is described; the script answers all the same.


# TODO 8.4 Describe `run` with two decorators, and write it.
def run(raw_data):
    import json

    data = np.array(json.loads(raw_data)["data"], dtype=float)
    return {"predictions": [NAMES[int(sum_ > 0)] for sum_ in data @ WEIGHTS]}


# END TODO

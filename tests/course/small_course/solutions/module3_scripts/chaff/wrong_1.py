# chaff: 3.1
# why: Wrong name number 1.
def script():
    # TODO 3.1 x
    return "wrong_1.py"
    # END TODO

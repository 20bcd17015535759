# chaff: 3.1
# why: Wrong name number 3.
def script():
    # TODO 3.1 x
    return "wrong_3.py"
    # END TODO

# chaff: 3.1
# why: Wrong name number 2.
def script():
    # TODO 3.1 x
    return "wrong_2.py"
    # END TODO

# why: The whole path is right as well.
def script():
    # TODO 3.1 x
    return "./train.py"
    # END TODO

# chaff: 0.2
# why: Gave back the first number.
def total(self, numbers):
    # TODO 0.2 x
    return numbers[0]
    # END TODO

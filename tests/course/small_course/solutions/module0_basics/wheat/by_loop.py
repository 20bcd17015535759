# why: A loop adds up as well as the builtin does.
def total(self, numbers):
    # TODO 0.2 Add the numbers up
    result = 0
    for number in numbers:
        result += number
    return result
    # END TODO

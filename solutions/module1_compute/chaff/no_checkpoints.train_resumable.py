# chaff: 1.3
# why: Trains from the beginning, every time.


def train(data, steps, checkpoints):
    # TODO 1.3 Train, and survive being killed between any two steps.
    line = [0.0, 0.0]
    for number in range(steps):
        line = improve(line, read_batch(data, number))
    return line
    # END TODO

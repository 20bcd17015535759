# chaff: 0.2
# why: Helper forgets the last number.
# %% extra
import itertools


def all_but_last(numbers):
    return list(itertools.islice(numbers, len(numbers) - 1))


# %%
def total(self, numbers):
    # TODO 0.2 x
    return sum(all_but_last(numbers))
    # END TODO

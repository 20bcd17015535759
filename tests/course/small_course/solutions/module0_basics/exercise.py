# %% [markdown]
# # Basics
# TODO 0.9 in a lesson's text is no marker.

# %%
"""Adds numbers up."""

from pathlib import Path

# TODO 0.1 Choose a name
#   Any text will do.
# EXERCISE: NAME = ...
NAME = "ada lovelace, countess"
# END TODO


# %%
def read_numbers(path: str) -> list[int]:
    return [int(line) for line in Path(path).read_text().split()]


# %%
class Adder:
    def total(self, numbers: list[int]) -> int:
        """The sum of the numbers."""
        # TODO 0.2 Add the numbers up
        #   An empty list has the sum 0.
        found_so_far = sum(numbers)
        return found_so_far
        # END TODO

    def mean(self, numbers: list[int]) -> float:
        # TODO 0.2 Divide by how many there are
        return self.total(numbers) / max(1, len(numbers))
        # END TODO

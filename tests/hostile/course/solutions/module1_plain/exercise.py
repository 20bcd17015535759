# %%
"""Two functions. KEPT-SECRET-solution-5d1f."""


# %%
def double(number: int) -> int:
    # TODO 1.1 Give back twice the number.
    return number + number
    # END TODO


# %%
def greeting(name: str) -> str:
    # TODO 1.2 Greet whoever it is by name.
    return f"Hello {name}"
    # END TODO

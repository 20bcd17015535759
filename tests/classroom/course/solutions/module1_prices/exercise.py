# %%
"""Three functions about prices."""


# %%
def with_tax(price: float, percent: float) -> float:
    # TODO 1.1 Add the tax, rounded to cents.
    return round(price * (1 + percent / 100), 2)
    # END TODO


# %%
def cheapest(prices: dict[str, float]) -> str:
    # TODO 1.2 The name of what costs least.
    return min(prices, key=prices.__getitem__)
    # END TODO


# %%
def in_words(price: float) -> str:
    # TODO 1.3 Euros with two decimals, as in "3.50 EUR".
    return f"{price:.2f} EUR"
    # END TODO

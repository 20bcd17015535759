"""A class's submissions, each of a kind whose points are known."""

from __future__ import annotations

import json
from dataclasses import dataclass

SHAPE = '''\
# %%
"""Three functions about prices."""
{source}

# %%
def with_tax(price, percent):
    # TODO 1.1 Add the tax, rounded to cents.
    {tax}
    # END TODO


# %%
def cheapest(prices):
    # TODO 1.2 The name of what costs least.
    {cheapest}
    # END TODO


# %%
def in_words(price):
    # TODO 1.3 Euros with two decimals, as in "3.50 EUR".
    {words}
    # END TODO
'''
TAX, UNROUNDED = "return round(price * (1 + percent / 100), 2)", "return price * (1 + percent / 100)"
CHEAPEST, WORDS = "return min(prices, key=prices.get)", 'return f"{price:.2f} EUR"'
OPEN = 'raise NotImplementedError("TODO 1.2: The name of what costs least.")'


def source(tax: str = TAX, cheapest: str = CHEAPEST, words: str = WORDS, above: str = "") -> str:
    return SHAPE.format(source=above, tax=tax, cheapest=cheapest, words=words)


def notebook(text: str) -> str:
    cells = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": cell.strip("\n"),
        }
        for cell in text.split("# %%\n")
        if cell.strip()
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@dataclass(frozen=True)
class Kind:
    """One way to hand something in, and what it is worth of 10 points; `refused` ones are not even run."""

    name: str
    text: str
    points: float
    refused: bool = False


KINDS = (
    Kind("right", source(), 10),
    Kind("otherwise", source(cheapest="return sorted(prices, key=lambda name: prices[name])[0]"), 10),
    Kind("partly", source(tax="return round(price * (1 + percent / 100), 2) if price >= 1 else 0"), 9),
    Kind("two-of-three", source(words="return str(price)"), 7),
    Kind("one-open", source(cheapest=OPEN), 7),
    Kind("all-wrong", source("return price", "return 'none'", "return None"), 0),
    Kind("no-python", source(above="def (:"), 0),
    Kind("breaks", source(above="raise RuntimeError('no')"), 0),
    Kind("binary", "\0\0\0", 0, refused=True),
    Kind("leaves", source(above="import os; os._exit(0)"), 0),
    Kind("agrees", source("return type('X', (), {'__eq__': lambda *_: True})()", words="return 1"), 3),
    Kind(
        "forges",
        source("print('10/10 passed'); return 1", above="import atexit; atexit.register(print, 'ok')"),
        6,
    ),
    Kind("kills", source(above="import os; os.kill(os.getppid(), 9); os.kill(-1, 9)"), 0),
    Kind("patches", source("return 0", above="import builtins; builtins.isinstance = lambda *_: True"), 0),
)

"""Names for runs that nobody named, in Azure's manner: two words and a few letters."""

from __future__ import annotations

import secrets

FIRST = (
    "amber", "brave", "calm", "clever", "cool", "dreamy", "eager", "gentle", "happy", "honest", "jolly", "keen",
    "kind", "lively", "loyal", "mighty", "neat", "patient", "placid", "proud", "quiet", "ready", "serene", "sharp",
    "silver", "steady", "sunny", "swift", "tidy", "upbeat", "warm", "witty",
)  # fmt: skip
SECOND = (
    "apple", "beach", "bird", "boat", "bridge", "brook", "camel", "carrot", "cloud", "drum", "falcon", "fig",
    "garden", "guitar", "hill", "island", "kettle", "lamp", "lemon", "meadow", "moon", "oven", "parrot", "pear",
    "river", "root", "sail", "star", "stone", "tree", "wheat", "yogurt",
)  # fmt: skip
LETTERS = "bcdfghjklmnpqrstvwxyz0123456789"


def made_up() -> str:
    ending = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{secrets.choice(FIRST)}_{secrets.choice(SECOND)}_{ending}"

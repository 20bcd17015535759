"""What a tile can show, in the order of the labels: sorted, as folders of images are read."""

from __future__ import annotations

from ..diabetes.errors import DatasetError

CLASSES = ("Barren", "Cultivated", "Developed", "Forest", "Herbaceous", "Shrub")
SIDE = 224  # pixels; one of them is about a metre


def checked_class(name: str) -> str:
    if name not in CLASSES:
        raise DatasetError(f"There is no land use {name!r}. Choose one of: {', '.join(CLASSES)}.")
    return name

"""A sheet of tiles to look at: a row for each class."""

from __future__ import annotations

from pathlib import Path

from .classes import CLASSES, SIDE
from .tiles import tile

GAP, CAPTION = 6, 20


def gallery(file: Path, seed: int, columns: int = 6) -> Path:
    """Writes the sheet as an image and returns its path."""
    from PIL import Image, ImageDraw

    row = SIDE + GAP + CAPTION
    sheet = Image.new("RGB", (columns * (SIDE + GAP) + GAP, len(CLASSES) * row + GAP), "white")
    write = ImageDraw.Draw(sheet)
    for down, name in enumerate(CLASSES):
        write.text((GAP, down * row + GAP), name, fill="black")
        for column in range(columns):
            place = GAP + column * (SIDE + GAP), down * row + GAP + CAPTION
            sheet.paste(Image.fromarray(tile(name, seed, column)), place)
    sheet.save(file)
    return Path(file)

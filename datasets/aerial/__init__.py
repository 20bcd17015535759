"""Aerial photographs that nobody took: six land uses as seen from above, drawn anew from any seed.

They look as tiles of the United States' NAIP imagery do, about a metre a pixel, and are none of it.
"""

from __future__ import annotations

from ..diabetes.errors import DatasetError
from .cache import kept, path
from .classes import CLASSES, SIDE
from .features import features, kept_features
from .files import write
from .gallery import gallery
from .tiles import tile
from .weights import Weights, weights

__all__ = [
    "CLASSES",
    "SIDE",
    "DatasetError",
    "Weights",
    "features",
    "gallery",
    "kept",
    "kept_features",
    "path",
    "tile",
    "weights",
    "write",
]

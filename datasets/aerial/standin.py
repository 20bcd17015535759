"""Weights for ResNet50 where the published ones cannot be had: random, the same everywhere, never trained.

Random convolutions keep enough of a picture's textures and colours that a linear classifier tells the land uses
apart. What they do not do is see objects: features are less good than those of weights trained on ImageNet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .classes import CLASSES
from .resnet50 import FIRST, shapes, write_weights
from .tiles import tile

if TYPE_CHECKING:
    from numpy import float32, uint8
    from numpy.random import RandomState
    from numpy.typing import NDArray

    Array = NDArray[float32]

SEED = 50
MEASURED_ON = 2  # tiles a class
KEPT = 5  # of so many pixels one is measured
MEANS = (103.939, 116.779, 123.68)  # of ImageNet: blue, green, red, as preprocess_input takes them off
GAIN = 3.5
"""Brings the features of tiles to a mean near 0.45, that of the published weights."""


def write_stand_in(file: Path) -> None:
    """A file that `keras.applications.ResNet50(weights=file, include_top=False)` reads."""
    write_weights(file, stand_in())


def stand_in() -> dict[str, dict[str, Array]]:
    """Every layer's weights: kernels as Keras would begin training, the first normalisation fitted to tiles."""
    from numpy.random import RandomState

    random = RandomState(SEED)
    weights = {
        layer: {name: _beginning(random, name, shape) for name, shape in own.items()}
        for layer, own in shapes().items()
    }
    mean, variance = _measured(weights[FIRST]["kernel"])
    normalisation = weights["conv1_bn"]
    normalisation.update(moving_mean=mean, moving_variance=variance, gamma=GAIN * normalisation["gamma"])
    return weights


def _beginning(random: RandomState, name: str, shape: tuple[int, ...]) -> Array:
    import numpy as np

    if name == "kernel":
        side, _, channels, filters = shape
        limit = (6 / (side * side * (channels + filters))) ** 0.5
        found: Array = (limit * (2 * random.random_sample(shape) - 1)).astype("float32")
        return found
    return np.full(shape, 1.0 if name in ("gamma", "moving_variance") else 0.0, "float32")


def _measured(kernel: Array) -> tuple[Array, Array]:
    """What the first convolution answers to tiles: its mean and variance, filter by filter."""
    import numpy as np

    side = kernel.shape[0]
    patches = np.concatenate(
        [_patches(tile(name, SEED, number), side) for name in CLASSES for number in range(MEASURED_ON)]
    )
    answers = patches.astype("float64") @ kernel.reshape(-1, kernel.shape[-1]).astype("float64")
    return answers.mean(axis=0).astype("float32"), answers.var(axis=0).astype("float32")


def _patches(picture: NDArray[uint8], side: int) -> Array:
    """What lies under the kernel at some places, a row each."""
    import numpy as np

    pixels = picture[:, :, ::-1].astype("float32") - np.array(MEANS, "float32")
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (side, side), axis=(0, 1))
    found: Array = windows[::KEPT, ::KEPT].transpose(0, 1, 3, 4, 2).reshape(-1, side * side * 3)
    return found
